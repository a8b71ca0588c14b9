{{- define "muster.labels" -}}
app.kubernetes.io/name: muster
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/part-of: muster
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: muster-{{ .Chart.Version | replace "+" "_" }}
{{- end -}}

{{/* The services of this release. */}}
{{- define "muster.services" -}}
{{- range $name := list "gateway" "auth" "employee" "attendance" "events" -}}
{{- if (index $.Values $name).enabled }}{{ $name }} {{ end -}}
{{- end -}}
{{- end -}}

{{- define "muster.databaseServices" -}}
{{- range $name := list "gateway" "auth" "employee" "attendance" "events" -}}
{{- $service := index $.Values $name -}}
{{- if and $service.enabled $service.database.enabled }}{{ $name }} {{ end -}}
{{- end -}}
{{- end -}}

{{/* The services whose plan KEDA asks for. */}}
{{- define "muster.plannedServices" -}}
{{- range $name := splitList " " (include "muster.services" . | trim) -}}
{{- $scaling := (index $.Values $name).autoscaling -}}
{{- if and (eq $scaling.kind "keda") $scaling.keda.plan.enabled }}{{ $name }} {{ end -}}
{{- end -}}
{{- end -}}

{{/* Non-empty when a cluster answers and the namespace is there: `helm template` and dry runs see nothing of either. */}}
{{- define "muster.live" -}}
{{- if lookup "v1" "ServiceAccount" .Release.Namespace "default" }}true{{ end -}}
{{- end -}}

{{/*
One Secret, from the dict {root, name, data, why}. What is there is kept; `data` (plain text) goes over it. A Secret that is complete
is not rendered, so that nothing ever deletes or rewrites it; else it is a hook, for the jobs before the release need it.
*/}}
{{- define "muster.secret" -}}
{{- $there := (lookup "v1" "Secret" .root.Release.Namespace .name).data | default dict -}}
{{- $data := deepCopy $there -}}
{{- range $key, $value := .data -}}
{{- $_ := set $data $key ($value | toString | b64enc) -}}
{{- end -}}
{{- if and $data (ne (toJson $there) (toJson $data)) }}
---
apiVersion: v1
kind: Secret
metadata:
  name: {{ .name }}
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "muster.labels" .root | nindent 4 }}
  annotations:
    helm.sh/hook: pre-install,pre-upgrade
    helm.sh/hook-weight: "-20"
    helm.sh/hook-delete-policy: before-hook-creation
    helm.sh/resource-policy: keep
type: Opaque
data: {{- toYaml $data | nindent 2 }}
{{- end -}}
{{- end -}}

{{/* A key of a Secret as it is now, plain, or empty. From the dict {root, name, key}. */}}
{{- define "muster.kept" -}}
{{- index ((lookup "v1" "Secret" .root.Release.Namespace .name).data | default dict) .key | default "" | b64dec -}}
{{- end -}}

{{/* Fails with words when a Secret nobody makes is not there. From the dict {root, name, keys, instead}. */}}
{{- define "muster.requireSecret" -}}
{{- if include "muster.live" .root -}}
{{- $data := (lookup "v1" "Secret" .root.Release.Namespace .name).data | default dict -}}
{{- range .keys -}}
{{- if not (hasKey $data .) -}}
{{- fail (printf "\n\nThe Secret %s in namespace %s has no key %q.\nMake it with the keys %s, or %s.\n" $.name $.root.Release.Namespace . (join ", " $.keys) $.instead) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The gateway's image, for the test pod: its node is all that is needed. */}}
{{- define "muster.gatewayImage" -}}
{{- $image := .Values.gateway.image | default dict -}}
{{- $base := printf "%s/%s" ($image.registry | default .Values.global.image.registry) ($image.name | default "gateway") -}}
{{- if $image.digest -}}
{{ $base }}{{ with $image.tag }}:{{ . }}{{ end }}@{{ $image.digest }}
{{- else -}}
{{ $base }}:{{ $image.tag | default .Values.global.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}
