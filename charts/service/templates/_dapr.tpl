{{- define "service.daprAnnotations" -}}
{{- $name := include "service.name" . -}}
{{- $ours := dict -}}
{{- with .Values.dapr -}}
{{- if .enabled -}}
{{- $ours = dict
  "dapr.io/enabled" "true"
  "dapr.io/app-id" $name
  "dapr.io/app-port" ($.Values.port | toString)
  "dapr.io/app-protocol" "http"
  "dapr.io/config" (.config | default (printf "muster-%s" $name))
  "dapr.io/app-token-secret" (.appTokenSecret | default (printf "muster-app-token-%s" $name))
  "dapr.io/api-token-secret" (.apiTokenSecret | default (printf "muster-dapr-token-%s" $name))
  "dapr.io/enable-native-sidecar" (.nativeSidecar | toString)
  "dapr.io/max-body-size" .maxBodySize
  "dapr.io/log-as-json" "true"
  "dapr.io/log-level" .logLevel
  "dapr.io/enable-metrics" "true"
  "dapr.io/metrics-port" (.metricsPort | toString)
  "dapr.io/enable-app-health-check" "true"
  "dapr.io/app-health-check-path" "/healthz"
  "dapr.io/app-health-probe-interval" (.healthCheck.intervalSeconds | toString)
  "dapr.io/app-health-probe-timeout" (.healthCheck.timeoutMs | toString)
  "dapr.io/app-health-threshold" (.healthCheck.threshold | toString)
  "dapr.io/graceful-shutdown-seconds" (.gracefulShutdownSeconds | toString)
  "dapr.io/sidecar-seccomp-profile-type" "RuntimeDefault"
  "dapr.io/disable-builtin-k8s-secret-store" "true"
-}}
{{- if .maxConcurrency -}}
{{- $_ := set $ours "dapr.io/app-max-concurrency" (.maxConcurrency | toString) -}}
{{- end -}}
{{- $env := list -}}
{{- range $variable, $value := .env -}}
{{- $env = append $env (printf "%s=%s" $variable $value) -}}
{{- end -}}
{{- if $env -}}
{{- $_ := set $ours "dapr.io/env" (join "," $env) -}}
{{- end -}}
{{- range $kind, $amounts := .resources -}}
{{- range $what, $amount := $amounts -}}
{{- $_ := set $ours (printf "dapr.io/sidecar-%s-%s" $what (trimSuffix "s" $kind)) ($amount | toString) -}}
{{- end -}}
{{- end -}}
{{- $ours = merge (dict) .annotations $ours -}}
{{- end -}}
{{- end -}}
{{- toYaml $ours -}}
{{- end -}}
