{{- define "tombolo.labels" -}}
app.kubernetes.io/name: tombolo
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "tombolo.image" -}}
{{ printf "%s:%s" .Values.image.repository (.Values.image.tag | default .Chart.AppVersion) }}
{{- end }}

{{/* All pods, by the profile "restricted" of the Pod Security Standards. */}}
{{- define "tombolo.podSecurity" -}}
# Variables named after Services could be taken for settings.
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  # Else each start would make files with keys readable by the group, and they are refused then.
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "tombolo.containerSecurity" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
{{- end }}

{{- define "tombolo.pullSecrets" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
{{- range . }}
  - name: {{ . }}
{{- end }}
{{- end }}
{{- end }}

{{/* Not empty where a second controller stands by. Values of an earlier chart do not say how many there are. */}}
{{- define "tombolo.two" -}}
{{- if eq (int (.Values.controller.replicas | default 1)) 2 }}
{{- if .Values.backbone.embedded }}
{{- fail "controller.replicas=2 cannot be had with backbone.embedded=true: the broker is one process in the controller's pod, and would be lost with it. Use an external Kafka for the federation, or leave controller.replicas at 1" }}
{{- end }}two
{{- end }}
{{- end }}

{{/* Lines of a .properties file: prefix, and keys with values. What the manifests say themselves cannot be said here too. */}}
{{- define "tombolo.settings" -}}
{{- $own := .own }}
{{- $prefix := .prefix }}
{{- range $key, $value := .settings }}
{{- if has $key $own }}
{{- fail (printf "%s.settings: %s is said by the chart itself" $prefix $key) }}
{{- end }}
{{- printf "%s.%s=%s" $prefix $key (include "tombolo.value" $value) }}
{{ end }}
{{- end }}

{{/* A value of a .properties file: numbers as they are written, nothing that ends the line or is read as something else. */}}
{{- define "tombolo.value" -}}
{{- $text := . }}
{{- if kindIs "float64" . }}{{ $text = . | toJson }}{{ if eq (floor .) . }}{{ $text = int64 . | toString }}{{ end }}{{ end }}
{{- $text = toString $text }}
{{- if regexMatch "[\\r\\n]" $text }}{{ fail (printf "%s: a value has one line" $text) }}{{ end }}
{{- $text | replace "\\" "\\\\" | replace "$" "\\\\$" }}
{{- end }}

{{- define "tombolo.storageClass" -}}
{{- with . }}
storageClassName: {{ . }}
{{- end }}
{{- end }}
