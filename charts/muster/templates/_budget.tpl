{{/*
What all pods together may open to PostgreSQL at the worst moment, a rolling upgrade at full scale: (most pods + 1) × one pod's connections.
Better said here than by a server that refuses the last pod in the middle of a shift change.
*/}}
{{- define "muster.checkConnections" -}}
{{- $postgres := .Values.stores.postgres -}}
{{- if $postgres.maxConnections -}}
{{- $sum := 0 -}}
{{- $lines := list -}}
{{- range $name := splitList " " (include "muster.databaseServices" . | trim) -}}
{{- if $name -}}
{{- $service := index $.Values $name -}}
{{- $pods := ternary $service.replicas $service.autoscaling.maxReplicas (eq $service.autoscaling.kind "none") | int -}}
{{- $each := add $service.database.poolMax $service.database.extraConnections -}}
{{- $most := mul (add $pods 1) $each -}}
{{- $sum = add $sum $most -}}
{{- $lines = append $lines (printf "  %-10s (%d pods + 1 while rolling) × %d = %d" $name $pods $each $most) -}}
{{- end -}}
{{- end -}}
{{- $room := sub $postgres.maxConnections $postgres.reservedConnections -}}
{{- if gt ($sum | int) ($room | int) -}}
{{- fail (printf "\n\nThe pods may open %d connections to PostgreSQL, but it has %d (stores.postgres.maxConnections %d less reservedConnections %d):\n%s\nLower a service's database.poolMax, replicas or autoscaling.maxReplicas, or raise max_connections of the server and stores.postgres.maxConnections.\n" ($sum | int) ($room | int) ($postgres.maxConnections | int) ($postgres.reservedConnections | int) (join "\n" $lines)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
