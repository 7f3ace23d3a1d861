output "gateways" {
  description = "Where the sites' gateways are."
  value       = { west = module.west.gateway_address, south = module.south.gateway_address }
}

output "egress_cidrs" {
  description = "Where the sites' connections come from: what the firewall of the first site must let in."
  value       = { west = module.west.egress_cidrs, south = module.south.egress_cidrs }
}

output "own_user_data" {
  description = "What the machine of one's own boots with."
  value       = module.own.user_data
}
