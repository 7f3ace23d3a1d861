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
    gateways           = { max = 2 }
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
