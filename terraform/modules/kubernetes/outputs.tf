output "namespace" {
  description = "Where controller and gateways run."
  value       = kubernetes_namespace_v1.tombolo.metadata[0].name
}

output "gateway_address" {
  description = "host:port at which other clusters reach the gateways; empty while none runs."
  value       = var.gateway.advertise
}

output "values" {
  description = "What the chart was told, as YAML, without the values of your own. No secret is in it."
  value       = yamlencode(local.chart_values)
}
