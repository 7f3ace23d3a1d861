output "gateway_address" {
  description = "host:port at which other clusters reach the gateways."
  value       = local.gateways_at
}

output "controller_private_ip" {
  description = "Address of the controller within the network: what its gateways and sidecars reach it by."
  value       = google_compute_address.controller_internal.address
}

output "controller_public_ip" {
  description = "Address that the controller's own connections come from, and at which joiners reach an authority."
  value       = google_compute_address.controller.address
}

output "egress_cidrs" {
  description = "Where connections of this site come from: what other sites let in, as their peer_cidrs."
  value       = [for address in concat(google_compute_address.nat[*].address, [google_compute_address.controller.address]) : "${address}/32"]
}

output "join_secret" {
  description = "Where the token to join with is. Its value is in no state."
  value       = local.secrets["join"]
}

output "subnetwork" {
  description = "The site's subnetwork, for machines with workloads of your own: without a public address, what they call comes from egress_cidrs."
  value       = google_compute_subnetwork.site.id
}

output "state_disk" {
  description = "Disk with the controller's keys and state. Whoever loses it loses the cluster's identity."
  value       = google_compute_disk.state.id
}
