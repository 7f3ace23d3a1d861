output "gateway_address" {
  description = "host:port at which other clusters reach the gateways."
  value       = "${aws_lb.gateways.dns_name}:${local.gateway_port}"
}

output "controller_private_ip" {
  description = "Address of the controller within the VPC: what its gateways and sidecars reach it by."
  value       = aws_network_interface.controller.private_ip
}

output "controller_public_ip" {
  description = "Address that the controller's own connections come from, and at which joiners reach an authority."
  value       = aws_eip.controller.public_ip
}

output "egress_cidrs" {
  description = "Where connections of this site come from: what other sites let in, as their peer_cidrs."
  value       = [for address in concat([for zone in var.availability_zones : aws_eip.nat[zone].public_ip], [aws_eip.controller.public_ip]) : "${address}/32"]
}

output "join_secret_arn" {
  description = "Where the token to join with is. Its value is in no state."
  value       = aws_secretsmanager_secret.join.arn
}

output "vpc_id" {
  description = "The site's VPC, for machines with workloads of your own."
  value       = aws_vpc.site.id
}

output "subnet_ids" {
  description = "Its private subnets by zone, for the same: what leaves them comes from egress_cidrs."
  value       = { for zone, subnet in aws_subnet.private : zone => subnet.id }
}

output "gateway_security_group_id" {
  description = "Group of the gateways: let it reach port 15006 of your sidecars."
  value       = aws_security_group.gateway.id
}

output "state_volume_id" {
  description = "Disk with the controller's keys and state. Whoever loses it loses the cluster's identity."
  value       = aws_ebs_volume.state.id
}
