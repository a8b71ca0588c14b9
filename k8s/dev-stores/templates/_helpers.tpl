{{- define "stores.labels" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/part-of: dev-stores
{{- end -}}

{{/* What the Secret has under the key, else a new one: passwords outlive upgrades. From {root, name, key}. */}}
{{- define "stores.password" -}}
{{- index ((lookup "v1" "Secret" .root.Release.Namespace .name).data | default dict) .key | default "" | b64dec | default (randAlphaNum 32) -}}
{{- end -}}

{{- define "stores.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}

{{/* Service and StatefulSet of one store, from {root, name, port, values, container}. */}}
{{- define "stores.store" -}}
{{- $root := .root -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ .name }}
  labels: {{- include "stores.labels" . | nindent 4 }}
spec:
  selector: {{- include "stores.labels" . | nindent 4 }}
  ports: [{name: {{ .name }}, port: {{ .port }}}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ .name }}
  labels: {{- include "stores.labels" . | nindent 4 }}
spec:
  serviceName: {{ .name }}
  replicas: 1
  selector:
    matchLabels: {{- include "stores.labels" . | nindent 6 }}
  template:
    metadata:
      labels: {{- include "stores.labels" . | nindent 8 }}
    spec:
      automountServiceAccountToken: false
      enableServiceLinks: false
      securityContext:
        runAsNonRoot: true
        runAsUser: {{ $root.Values.runAsUser }}
        runAsGroup: {{ $root.Values.runAsUser }}
        fsGroup: {{ $root.Values.runAsUser }}
        seccompProfile: {type: RuntimeDefault}
      containers:
        - name: {{ .name }}
          image: {{ .values.image | quote }}
          imagePullPolicy: {{ $root.Values.pullPolicy }}
          securityContext: {{- include "stores.containerSecurity" . | nindent 12 }}
          ports: [{containerPort: {{ .port }}}]
          resources: {{- toYaml .values.resources | nindent 12 }}
          startupProbe:
            tcpSocket: {port: {{ .port }}}
            periodSeconds: 1
            failureThreshold: 120
          {{- .container | nindent 10 }}
      volumes:
        - {name: tmp, emptyDir: {}}
        {{- if eq .name "postgres" }}
        - {name: run, emptyDir: {}}
        - {name: init, secret: {secretName: postgres-init}}
        {{- end }}
        {{- if not $root.Values.persistence.enabled }}
        - {name: data, emptyDir: {}}
        {{- end }}
  {{- with $root.Values.persistence }}
  {{- if .enabled }}
  volumeClaimTemplates:
    - metadata: {name: data}
      spec:
        accessModes: [ReadWriteOnce]
        {{- with .storageClass }}
        storageClassName: {{ . }}
        {{- end }}
        resources: {requests: {storage: {{ .size }}}}
  {{- end }}
  {{- end }}
{{- end -}}
