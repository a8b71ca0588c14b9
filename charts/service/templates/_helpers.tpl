{{- define "service.name" -}}
{{- $name := .Values.name | default .Chart.Name -}}
{{- if eq $name "service" -}}
{{- fail "\n\nname is missing: set it to the service's app-id (gateway, auth, employee, attendance or events)\n" -}}
{{- end -}}
{{- $name -}}
{{- end -}}

{{- define "service.selector" -}}
app.kubernetes.io/name: {{ include "service.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: service
{{- end -}}

{{- define "service.commonLabels" -}}
app.kubernetes.io/part-of: muster
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/version: {{ include "service.tag" . | trunc 63 | trimSuffix "." | trimSuffix "-" | quote }}
helm.sh/chart: service-{{ .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "service.labels" -}}
{{ include "service.selector" . }}
{{ include "service.commonLabels" . }}
{{- end -}}

{{- define "service.tag" -}}
{{- $global := (.Values.global).image | default dict -}}
{{- .Values.image.tag | default $global.tag | default .Chart.AppVersion -}}
{{- end -}}

{{- define "service.image" -}}
{{- $global := (.Values.global).image | default dict -}}
{{- $registry := .Values.image.registry | default $global.registry -}}
{{- if not $registry -}}
{{- fail "\n\nimage.registry is missing: set it, or global.image.registry in the umbrella\n" -}}
{{- end -}}
{{- $name := .Values.image.name | default (include "service.name" .) -}}
{{- if .Values.image.digest -}}
{{ $registry }}/{{ $name }}{{ with .Values.image.tag }}:{{ . }}{{ end }}@{{ .Values.image.digest }}
{{- else -}}
{{ $registry }}/{{ $name }}:{{ include "service.tag" . }}
{{- end -}}
{{- end -}}

{{- define "service.imageRules" -}}
{{- $global := (.Values.global).image | default dict -}}
image: {{ include "service.image" . | quote }}
imagePullPolicy: {{ $global.pullPolicy | default "IfNotPresent" }}
{{- end -}}

{{- define "service.pullSecrets" -}}
{{- with ((.Values.global).image | default dict).pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end -}}

{{- define "service.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{- define "service.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}

{{- define "service.databaseSecret" -}}
{{- .Values.database.secret | default (printf "muster-postgres-%s" (include "service.name" .)) -}}
{{- end -}}

{{/* What KEDA shows to ask for the plan. */}}
{{- define "service.scalingSecret" -}}
{{- .Values.autoscaling.keda.plan.tokenSecret | default (printf "muster-scaling-token-%s" (include "service.name" .)) -}}
{{- end -}}

{{/* The fewest pods there ever are. */}}
{{- define "service.minPods" -}}
{{- if eq .Values.autoscaling.kind "none" -}}{{ .Values.replicas | int }}{{- else -}}{{ .Values.autoscaling.minReplicas | int }}{{- end -}}
{{- end -}}

{{/* What no schema can say: values that contradict each other. */}}
{{- define "service.check" -}}
{{- $name := include "service.name" . -}}
{{- with .Values.autoscaling -}}
{{- if ne .kind "none" -}}
{{- if gt (.minReplicas | int) (.maxReplicas | int) -}}
{{- fail (printf "\n\n%s: autoscaling.minReplicas (%d) is above autoscaling.maxReplicas (%d)\n" $name (.minReplicas | int) (.maxReplicas | int)) -}}
{{- end -}}
{{- if not (($.Values.resources).requests).cpu -}}
{{- fail (printf "\n\n%s: autoscaling.kind %s needs resources.requests.cpu, of which cpuPercent is a part\n" $name .kind) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.host) -}}
{{- fail (printf "\n\n%s: ingress.enabled needs ingress.host\n" $name) -}}
{{- end -}}
{{- if and .Values.httpRoute.enabled (not .Values.httpRoute.parentRefs) -}}
{{- fail (printf "\n\n%s: httpRoute.enabled needs httpRoute.parentRefs, the Gateway it hangs on\n" $name) -}}
{{- end -}}
{{- with .Values.ingress.tls -}}
{{- if and .clusterIssuer .issuer -}}
{{- fail (printf "\n\n%s: ingress.tls.clusterIssuer and ingress.tls.issuer exclude each other\n" $name) -}}
{{- end -}}
{{- end -}}
{{- $least := add .Values.shutdown.preStopSeconds 40 .Values.dapr.gracefulShutdownSeconds -}}
{{- if lt (.Values.shutdown.graceSeconds | int) ($least | int) -}}
{{- fail (printf "\n\n%s: shutdown.graceSeconds (%d) must be at least %d: preStopSeconds, 40 for requests and outbox, the sidecar's own end\n" $name (.Values.shutdown.graceSeconds | int) ($least | int)) -}}
{{- end -}}
{{- end -}}
