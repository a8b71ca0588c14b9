{{/* How the process runs. The same names on every machine: see the service's config.ts. */}}
{{- define "service.processEnv" -}}
- {name: NODE_ENV, value: production}
- {name: HOST, value: 0.0.0.0}
- {name: PORT, value: {{ .Values.port | quote }}}
- {name: LOG_FORMAT, value: json}
{{- if .Values.dapr.enabled }}
- {name: DAPR_HTTP_PORT, value: "3500"}
{{- end }}
{{- if .Values.database.enabled }}
- {name: DATABASE_POOL_MAX, value: {{ .Values.database.poolMax | quote }}}
# The hook before the release did it.
- {name: MIGRATE_AT_START, value: {{ not .Values.migrations.enabled | quote }}}
{{- end }}
{{- with .Values.autoscaling }}
{{- if and .keda.plan.enabled (ne .kind "none") }}
# The plan's limits are the autoscaler's.
- {name: SCALING_MIN_PODS, value: {{ .minReplicas | quote }}}
- {name: SCALING_MAX_PODS, value: {{ .maxReplicas | quote }}}
{{- end }}
{{- end }}
{{- end -}}

{{- define "service.fromSecret" -}}
- name: {{ .variable }}
  valueFrom:
    secretKeyRef: {name: {{ .secret }}, key: {{ .key }}{{ if .optional }}, optional: true{{ end }}}
{{- end -}}

{{- define "service.secretEnv" -}}
{{- $name := include "service.name" . -}}
{{- $all := deepCopy .Values.secretEnv -}}
{{- with .Values.dapr -}}
{{- if .enabled -}}
{{- $_ := set $all "APP_API_TOKEN" (dict "secret" (.appTokenSecret | default (printf "muster-app-token-%s" $name)) "key" "token") -}}
{{- $_ := set $all "DAPR_API_TOKEN" (dict "secret" (.apiTokenSecret | default (printf "muster-dapr-token-%s" $name)) "key" "token") -}}
{{- end -}}
{{- end -}}
{{- if .Values.database.enabled -}}
{{- $_ := set $all "DATABASE_URL" (dict "secret" (include "service.databaseSecret" .) "key" "url") -}}
{{- end -}}
{{- if and .Values.autoscaling.keda.plan.enabled (eq .Values.autoscaling.kind "keda") -}}
{{- $_ := set $all "SCALING_TOKEN" (dict "secret" (include "service.scalingSecret" .) "key" "token") -}}
{{- end -}}
{{- range $variable, $from := $all }}
{{ include "service.fromSecret" (merge (dict "variable" $variable) $from) }}
{{- end }}
{{- end -}}
