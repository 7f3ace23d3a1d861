output "gateways" {
  description = "Where the sites' gateways are."
  value       = { west = module.west.gateway_address, south = module.south.gateway_address }
}

output "own_user_data" {
  description = "What the machine of one's own boots with."
  value       = module.own.user_data
}
