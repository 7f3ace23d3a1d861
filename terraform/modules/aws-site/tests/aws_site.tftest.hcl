# Plans against the real schema of AWS's provider; nothing is made.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-central-1" }
  }
  mock_data "aws_ssm_parameter" {
    defaults = { insecure_value = "ami-0123456789abcdef0" }
  }
  mock_resource "aws_lb" {
    defaults = { dns_name = "nlb.example.org", arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/x/1" }
  }
  mock_resource "aws_lb_target_group" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/x/1" }
  }
  mock_resource "aws_secretsmanager_secret" {
    defaults = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:tombolo-AbCdEf" }
  }
  mock_resource "aws_ebs_volume" {
    defaults = { id = "vol-0123456789abcdef0" }
  }
  mock_resource "aws_eip" {
    defaults = { public_ip = "203.0.113.30" }
  }
  mock_resource "aws_network_interface" {
    defaults = { private_ip = "10.64.0.10" }
  }
  mock_resource "aws_launch_template" {
    defaults = { id = "lt-0123456789abcdef0", latest_version = 1 }
  }
}

variables {
  name               = "west"
  availability_zones = ["eu-central-1a", "eu-central-1b"]
  peer_cidrs         = { east = "203.0.113.7/32", south = "2001:db8::/64" }
  join_token         = "not-a-token"
  join_token_version = 1
  release = {
    url    = "https://releases.example.org/tombolo.tar.gz"
    sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  }
}

run "a_site_is_made" {
  assert {
    condition     = output.gateway_address == "nlb.example.org:15443"
    error_message = "the gateways' address is not the load balancer's"
  }
  assert {
    condition     = strcontains(base64decode(aws_launch_template.gateway.user_data), "nlb.example.org:15443")
    error_message = "gateways do not know the address at which others reach them"
  }
  assert {
    condition     = strcontains(aws_instance.controller.user_data, "/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_vol0123456789abcdef0")
    error_message = "the controller does not mount its disk"
  }
  assert {
    condition     = !strcontains(aws_instance.controller.user_data, "not-a-token")
    error_message = "the token is in user data"
  }
  assert {
    condition     = aws_secretsmanager_secret_version.join[0].secret_string == null
    error_message = "the token is in the state"
  }
}

run "only_peers_reach_the_gateways" {
  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.balancer_from_peers) == 2 && alltrue([for rule in aws_vpc_security_group_ingress_rule.balancer_from_peers : rule.from_port == 15443 && rule.to_port == 15443])
    error_message = "the load balancer is open to others, or on other ports"
  }
  assert {
    condition     = aws_vpc_security_group_ingress_rule.balancer_from_peers["south"].cidr_ipv6 == "2001:db8::/64" && aws_vpc_security_group_ingress_rule.balancer_from_peers["east"].cidr_ipv4 == "203.0.113.7/32"
    error_message = "ranges are of the wrong family"
  }
  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.controller_from_joiners) == 0
    error_message = "a site that is no authority lets joiners in"
  }
  assert {
    condition     = aws_instance.controller.metadata_options[0].http_tokens == "required" && aws_launch_template.gateway.metadata_options[0].http_tokens == "required"
    error_message = "credentials can be had without a session"
  }
}

run "several_gateways_are_behind_one_address" {
  assert {
    condition     = aws_autoscaling_group.gateways.min_size == 2 && aws_autoscaling_group.gateways.max_size == 4
    error_message = "there are fewer gateways, or the group cannot grow"
  }
  assert {
    condition = one([for check in aws_lb_target_group.gateways.health_check :
      check.protocol == "HTTP" && check.port == "15021" && check.path == "/readyz" && check.interval == 10 && check.unhealthy_threshold == 2
    ])
    error_message = "the load balancer does not ask whether a gateway takes connections"
  }
  assert {
    condition = alltrue([for line in ["gateway.health.port=15021\n", "gateway.drain.announce-after=25s\n", "gateway.drain.deadline=60s\n"] :
      strcontains(base64decode(aws_launch_template.gateway.user_data), line)
    ])
    error_message = "a gateway does not answer checks, or says that it goes before the load balancer has noticed"
  }
  assert {
    condition = (
      !aws_lb_target_group.gateways.connection_termination &&
      !one(aws_lb_target_group.gateways.target_health_state).enable_unhealthy_connection_termination &&
      tonumber(aws_lb_target_group.gateways.deregistration_delay) >= 120
    )
    error_message = "the load balancer cuts connections of a gateway that goes"
  }
}

run "only_the_balancer_reaches_the_health_port" {
  assert {
    condition = (
      aws_vpc_security_group_ingress_rule.gateway_asked_by_balancer.from_port == 15021 &&
      aws_vpc_security_group_ingress_rule.gateway_asked_by_balancer.to_port == 15021 &&
      aws_vpc_security_group_ingress_rule.gateway_asked_by_balancer.referenced_security_group_id == aws_security_group.balancer.id &&
      aws_vpc_security_group_ingress_rule.gateway_from_balancer.to_port == 15443
    )
    error_message = "others reach it, or the load balancer does not"
  }
  assert {
    condition = (
      aws_vpc_security_group_egress_rule.balancer_asks_gateways.to_port == 15021 &&
      aws_vpc_security_group_egress_rule.balancer_asks_gateways.referenced_security_group_id == aws_security_group.gateway.id
    )
    error_message = "the load balancer may not ask"
  }
}

run "connections_leave_from_fixed_addresses" {
  assert {
    condition     = length(output.egress_cidrs) == 3 && alltrue([for range in output.egress_cidrs : range == "203.0.113.30/32"])
    error_message = "other sites cannot let in both zones and the controller"
  }
  assert {
    condition = alltrue([for zone, table in aws_route_table.private :
      one(table.route).nat_gateway_id == aws_nat_gateway.site[zone].id && aws_nat_gateway.site[zone].allocation_id == aws_eip.nat[zone].id
    ])
    error_message = "a zone has no way out, or another zone's"
  }
  assert {
    condition     = aws_autoscaling_group.gateways.vpc_zone_identifier == toset([for subnet in aws_subnet.private : subnet.id]) && toset(aws_lb.gateways.subnets) == toset([for subnet in aws_subnet.public : subnet.id])
    error_message = "gateways are in public subnets, or the load balancer is not"
  }
  assert {
    condition     = aws_launch_template.gateway.network_interfaces[0].associate_public_ip_address == "false" && aws_network_interface.controller.subnet_id == aws_subnet.public["eu-central-1a"].id
    error_message = "gateways have addresses of their own, or the controller has none"
  }
  assert {
    condition     = [for zone in var.availability_zones : aws_subnet.public[zone].cidr_block] == ["10.64.0.0/24", "10.64.1.0/24"] && [for zone in var.availability_zones : aws_subnet.private[zone].cidr_block] == ["10.64.4.0/23", "10.64.6.0/23"]
    error_message = "subnets are elsewhere"
  }
}

run "the_smallest_network_has_room_for_four_zones" {
  variables {
    vpc_cidr           = "10.64.0.0/24"
    availability_zones = ["a", "b", "c", "d"]
    gateways           = { min = 1, max = 1 }
  }
  assert {
    condition     = aws_subnet.public["d"].cidr_block == "10.64.0.48/28" && aws_subnet.private["a"].cidr_block == "10.64.0.64/27" && aws_subnet.private["d"].cidr_block == "10.64.0.160/27"
    error_message = "subnets overlap"
  }
  assert {
    condition     = aws_autoscaling_group.gateways.max_size == 1 && length(output.egress_cidrs) == 5
    error_message = "a site cannot have one gateway only"
  }
}

run "a_site_that_founds_joins_nobody" {
  variables {
    join_token_version = 0
    joiner_cidrs       = { south = "198.51.100.0/24" }
  }
  assert {
    condition     = strcontains(aws_instance.controller.user_data, "TOMBOLO_JOIN_SECRET=\"\"\n")
    error_message = "it tries to join"
  }
  assert {
    condition     = length(aws_secretsmanager_secret_version.join) == 0 && aws_vpc_security_group_ingress_rule.controller_from_joiners["south"].from_port == 15012
    error_message = "joiners do not reach it"
  }
}

run "what_cannot_be_is_said_before_anything_is_made" {
  command = plan
  variables {
    name               = "West"
    vpc_cidr           = "10.0.0.0/8"
    availability_zones = ["a", "a"]
    peer_cidrs         = { all = "0.0.0.0/0" }
    joiner_cidrs       = { x = "everybody" }
    gateways           = { min = 3, max = 2 }
    architecture       = "mips"
    data_disk_gib      = 0
    join_token_version = 1.5
    backbone_ports     = [0]
  }
  expect_failures = [
    var.name, var.vpc_cidr, var.availability_zones, var.peer_cidrs, var.joiner_cidrs, var.gateways, var.architecture,
    var.data_disk_gib, var.join_token_version, var.backbone_ports,
  ]
}
