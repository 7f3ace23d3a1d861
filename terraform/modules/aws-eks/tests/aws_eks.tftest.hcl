# Plans against the real schema of AWS's provider; nothing is made.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/x" }
  }
  mock_resource "aws_lb" {
    defaults = { dns_name = "nlb.example.org", arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/x/1" }
  }
  mock_resource "aws_lb_target_group" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/x/1" }
  }
  mock_resource "aws_eip" {
    defaults = { public_ip = "203.0.113.30" }
  }
  mock_resource "aws_launch_template" {
    defaults = { id = "lt-0123456789abcdef0", latest_version = 1 }
  }
  mock_resource "aws_eks_cluster" {
    defaults = {
      endpoint              = "https://api.example.org"
      certificate_authority = [{ data = "Y2VydGlmaWNhdGU=" }]
      vpc_config            = { cluster_security_group_id = "sg-0123456789abcdef0", vpc_id = "vpc-1" }
    }
  }
  mock_resource "aws_eks_node_group" {
    defaults = { resources = [{ autoscaling_groups = [{ name = "eks-nodes" }], remote_access_security_group_id = "" }] }
  }
}

variables {
  name                = "west"
  availability_zones  = ["eu-central-1a", "eu-central-1b"]
  control_plane_cidrs = { office = "198.51.100.0/24" }
  peer_cidrs          = { east = "203.0.113.7/32", south = "2001:db8::/64" }
}

run "gateways_are_behind_an_address_that_is_known_before_them" {
  assert {
    condition     = output.gateway.advertise == "nlb.example.org:15443" && output.gateway.service.type == "NodePort" && output.gateway.service.external_traffic_policy == "Local"
    error_message = "gateways are reached elsewhere"
  }
  assert {
    condition = (
      aws_lb_target_group.gateways.port == output.gateway.service.node_ports.mesh &&
      one([for check in aws_lb_target_group.gateways.health_check :
        check.protocol == "HTTP" && check.port == tostring(output.gateway.service.node_ports.health) && check.path == "/readyz"
      ])
    )
    error_message = "the load balancer leads to other ports than those of the Service"
  }
  assert {
    condition     = aws_autoscaling_attachment.gateways.autoscaling_group_name == "eks-nodes" && aws_lb_listener.gateways.port == 15443
    error_message = "nodes are not behind the load balancer"
  }
  assert {
    condition     = toset(aws_lb.gateways.subnet_mapping[*].allocation_id) == toset([for address in aws_eip.balancer : address.id]) && length(output.gateway_cidrs) == 2
    error_message = "the load balancer has addresses that do not stay"
  }
  assert {
    condition = (
      !aws_lb_target_group.gateways.connection_termination &&
      !one(aws_lb_target_group.gateways.target_health_state).enable_unhealthy_connection_termination
    )
    error_message = "the load balancer cuts connections of a gateway that goes"
  }
}

run "only_peers_reach_the_gateways" {
  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.balancer_from_peers) == 2 && alltrue([for rule in aws_vpc_security_group_ingress_rule.balancer_from_peers : rule.from_port == 15443 && rule.to_port == 15443])
    error_message = "the load balancer is open to others, or on other ports"
  }
  assert {
    condition = alltrue([for name, rule in aws_vpc_security_group_ingress_rule.nodes_from_balancer :
      rule.from_port == var.node_ports[name] && rule.to_port == var.node_ports[name] &&
      rule.referenced_security_group_id == aws_security_group.balancer.id && rule.security_group_id == "sg-0123456789abcdef0"
    ])
    error_message = "others reach the nodes, or the load balancer does not"
  }
}

run "only_those_named_reach_the_api_server" {
  assert {
    condition     = aws_eks_cluster.cluster.vpc_config[0].public_access_cidrs == toset(["198.51.100.0/24"]) && aws_eks_cluster.cluster.vpc_config[0].endpoint_private_access
    error_message = "others reach it"
  }
  assert {
    condition     = aws_eks_cluster.cluster.access_config[0].authentication_mode == "API"
    error_message = "who may do what is also in a ConfigMap"
  }
}

run "it_can_be_reached_from_within_only" {
  variables {
    control_plane_cidrs = {}
  }
  assert {
    condition     = !aws_eks_cluster.cluster.vpc_config[0].endpoint_public_access
    error_message = "it is reached from outside"
  }
}

run "nodes_and_pods_may_do_no_more_than_they_must" {
  assert {
    condition     = toset([for at in aws_iam_role_policy_attachment.cluster : at.policy_arn]) == toset([for policy in ["AmazonEKSClusterPolicy", "AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly", "AmazonEKS_CNI_Policy", "service-role/AmazonEBSCSIDriverPolicy"] : "arn:aws:iam::aws:policy/${policy}"])
    error_message = "there are other rights"
  }
  assert {
    condition     = aws_launch_template.nodes.metadata_options[0].http_tokens == "required" && aws_launch_template.nodes.metadata_options[0].http_put_response_hop_limit == 1
    error_message = "pods reach the credentials of their node"
  }
  assert {
    condition     = one(aws_eks_addon.after["aws-ebs-csi-driver"].pod_identity_association).service_account == "ebs-csi-controller-sa" && length(aws_eks_addon.after["coredns"].pod_identity_association) == 0
    error_message = "volumes cannot be made, or others can make them"
  }
}

run "network_policies_hold" {
  assert {
    condition     = jsondecode(aws_eks_addon.before["vpc-cni"].configuration_values).enableNetworkPolicy == "true"
    error_message = "what the chart says of who may reach whom is not heeded"
  }
}

run "connections_leave_from_fixed_addresses" {
  assert {
    condition     = length(output.egress_cidrs) == 2 && toset(output.egress_cidrs) == toset(["203.0.113.30/32"])
    error_message = "other clusters cannot let both zones in"
  }
  assert {
    condition = alltrue([for zone, table in aws_route_table.private :
      one(table.route).nat_gateway_id == aws_nat_gateway.cluster[zone].id && aws_nat_gateway.cluster[zone].allocation_id == aws_eip.nat[zone].id
    ])
    error_message = "a zone has no way out, or another zone's"
  }
  assert {
    condition     = aws_eks_node_group.nodes.subnet_ids == toset([for subnet in aws_subnet.private : subnet.id])
    error_message = "nodes are in public subnets"
  }
}

run "the_smallest_network_has_room_for_four_zones" {
  variables {
    vpc_cidr           = "10.68.0.0/20"
    availability_zones = ["a", "b", "c", "d"]
  }
  assert {
    condition     = aws_subnet.public["d"].cidr_block == "10.68.0.192/26" && aws_subnet.private["a"].cidr_block == "10.68.2.0/23" && aws_subnet.private["d"].cidr_block == "10.68.8.0/23"
    error_message = "subnets overlap"
  }
}

run "a_network_that_there_is_can_be_used" {
  variables {
    network = {
      vpc_id          = "vpc-0123456789abcdef0"
      public_subnets  = { eu-central-1a = "subnet-pa", eu-central-1b = "subnet-pb" }
      private_subnets = { eu-central-1a = "subnet-a", eu-central-1b = "subnet-b" }
      egress_cidrs    = ["192.0.2.1/32"]
    }
  }
  assert {
    condition     = length(aws_vpc.cluster) == 0 && length(aws_subnet.public) == 0 && length(aws_nat_gateway.cluster) == 0
    error_message = "another one is made"
  }
  assert {
    condition     = aws_eks_node_group.nodes.subnet_ids == toset(["subnet-a", "subnet-b"]) && toset(aws_lb.gateways.subnet_mapping[*].subnet_id) == toset(["subnet-pa", "subnet-pb"]) && toset(output.egress_cidrs) == toset(["192.0.2.1/32"])
    error_message = "nodes or load balancer are elsewhere"
  }
}

run "what_cannot_be_is_said_before_anything_is_made" {
  command = plan
  variables {
    name                = "West"
    kubernetes_version  = "1.28"
    vpc_cidr            = "10.0.0.0/8"
    availability_zones  = ["a"]
    control_plane_cidrs = { all = "0.0.0.0/0" }
    peer_cidrs          = { all = "0.0.0.0/0" }
    nodes               = { min = 3, max = 2 }
    node_ports          = { mesh = 15443 }
  }
  expect_failures = [
    var.name, var.kubernetes_version, var.vpc_cidr, var.availability_zones, var.control_plane_cidrs, var.peer_cidrs, var.nodes,
    var.node_ports,
  ]
}

run "a_network_that_lacks_a_zone_is_refused" {
  command = plan
  variables {
    network = { vpc_id = "vpc-1", public_subnets = { eu-central-1a = "subnet-pa" }, private_subnets = {}, egress_cidrs = [] }
  }
  expect_failures = [var.network]
}
