output "gateway_address" {
  description = "host:port at which other clusters reach the gateways."
  value       = local.gateways_at
}

output "controller_private_ip" {
  description = "Address of the controller within the network: what its gateways and sidecars reach it by."
  value       = local.controller_at
}

output "controller_public_ip" {
  description = "Address at which joiners reach an authority. The controller's own connections come from egress_cidrs."
  value       = azurerm_public_ip.site["controller"].ip_address
}

output "egress_cidrs" {
  description = "Where connections of this site come from: what other sites let in, as their peer_cidrs."
  value       = [for address in azurerm_public_ip.nat[*].ip_address : "${address}/32"]
}

output "join_secret" {
  description = "Where the token to join with is. Its value is in no state."
  value       = local.secrets["join"]
}

output "subnet_id" {
  description = "The site's subnet, for machines with workloads of your own: what they call comes from egress_cidrs."
  value       = azurerm_subnet.site.id
}

output "state_disk_id" {
  description = "Disk with the controller's keys and state. Whoever loses it loses the cluster's identity."
  value       = azurerm_managed_disk.state.id
}
