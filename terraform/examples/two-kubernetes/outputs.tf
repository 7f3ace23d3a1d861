output "gateways" {
  description = "Where the clusters' gateways are."
  value       = { west = module.west.gateway_address, south = module.south.gateway_address }
}

output "egress_cidrs" {
  description = "Where the clusters' connections come from: what the firewall of the first site must let in, on 15443, on 15012 and to its Kafka."
  value       = { west = module.eks.egress_cidrs, south = module.gke.egress_cidrs }
}
