# Plans against the names and types of Azure's provider; nothing is made.
mock_provider "azurerm" {
  mock_resource "azurerm_public_ip" {
    defaults = { ip_address = "203.0.113.20" }
  }
  mock_resource "azurerm_resource_group" {
    defaults = { id = "/subscriptions/s/resourceGroups/tombolo-west" }
  }
  mock_resource "azurerm_subnet" {
    defaults = { id = "/subscriptions/s/resourceGroups/tombolo-west/subnets/tombolo-west" }
  }
  mock_resource "azurerm_kubernetes_cluster" {
    defaults = {
      kube_config = [{ host = "https://api.example.org", cluster_ca_certificate = "Y2VydGlmaWNhdGU=" }]
    }
  }
}

variables {
  name                = "west"
  location            = "germanywestcentral"
  zones               = ["1", "2"]
  tenant_id           = "00000000-0000-0000-0000-000000000001"
  administrators      = { terraform = "00000000-0000-0000-0000-000000000002" }
  control_plane_cidrs = { office = "198.51.100.0/24" }
  peer_cidrs          = { east = "203.0.113.7/32" }
}

run "gateways_are_behind_an_address_that_is_known_before_them" {
  assert {
    condition     = output.gateway.advertise == "203.0.113.20:15443" && output.gateway.service.type == "LoadBalancer" && output.gateway.service.external_traffic_policy == "Local"
    error_message = "gateways are reached elsewhere"
  }
  assert {
    condition = (
      output.gateway.service.annotations["service.beta.kubernetes.io/azure-pip-name"] == azurerm_public_ip.gateways.name &&
      output.gateway.service.annotations["service.beta.kubernetes.io/azure-load-balancer-resource-group"] == azurerm_public_ip.gateways.resource_group_name &&
      azurerm_public_ip.gateways.allocation_method == "Static"
    )
    error_message = "the Service has another address"
  }
}

run "only_peers_reach_the_gateways" {
  assert {
    condition     = toset(output.gateway.service.source_ranges) == toset(["203.0.113.7/32"])
    error_message = "others reach them"
  }
}

run "only_those_named_reach_the_api_server" {
  assert {
    condition     = toset(one(azurerm_kubernetes_cluster.cluster.api_server_access_profile).authorized_ip_ranges) == toset(["198.51.100.0/24", "203.0.113.20/32"])
    error_message = "others reach it, or nodes do not"
  }
  assert {
    condition     = azurerm_kubernetes_cluster.cluster.local_account_disabled && azurerm_role_assignment.administrators["terraform"].principal_id == "00000000-0000-0000-0000-000000000002"
    error_message = "there are accounts that nobody gave, or nobody has a role"
  }
}

run "the_cluster_may_do_no_more_than_it_must" {
  assert {
    condition = (
      { for name, role in azurerm_role_assignment.network : name => role.scope } == {
        subnet  = "/subscriptions/s/resourceGroups/tombolo-west/subnets/tombolo-west"
        address = "/subscriptions/s/resourceGroups/tombolo-west"
      } &&
      alltrue([for role in azurerm_role_assignment.network : role.role_definition_name == "Network Contributor"])
    )
    error_message = "it may change other networks, or not its own"
  }
}

run "connections_leave_from_fixed_addresses" {
  variables {
    egress_addresses = 2
  }
  assert {
    condition     = length(output.egress_cidrs) == 2 && length(azurerm_nat_gateway_public_ip_association.cluster) == 2 && one(azurerm_kubernetes_cluster.cluster.network_profile).outbound_type == "userAssignedNATGateway"
    error_message = "Azure chooses addresses"
  }
  assert {
    condition     = one(azurerm_kubernetes_cluster.cluster.network_profile).dns_service_ip == "10.245.0.10" && one(azurerm_kubernetes_cluster.cluster.network_profile).network_policy == "cilium"
    error_message = "names or NetworkPolicies do not work"
  }
}

run "a_network_that_there_is_can_be_used" {
  variables {
    network = { subnet_id = "/subscriptions/s/resourceGroups/own/subnets/own", egress_cidrs = ["192.0.2.1/32"] }
  }
  assert {
    condition     = length(azurerm_virtual_network.cluster) == 0 && length(azurerm_nat_gateway.cluster) == 0 && length(azurerm_public_ip.nat) == 0
    error_message = "another one is made"
  }
  assert {
    condition     = one(azurerm_kubernetes_cluster.cluster.default_node_pool).vnet_subnet_id == "/subscriptions/s/resourceGroups/own/subnets/own" && azurerm_role_assignment.network["subnet"].scope == "/subscriptions/s/resourceGroups/own/subnets/own" && output.egress_cidrs[0] == "192.0.2.1/32"
    error_message = "nodes are elsewhere"
  }
}

run "what_cannot_be_is_said_before_anything_is_made" {
  command = plan
  variables {
    name                = "West"
    kubernetes_version  = "1.28"
    zones               = []
    tenant_id           = "T"
    administrators      = {}
    cidr                = "10.0.0.0/8"
    overlay_cidrs       = { pods = "10.245.0.0/16" }
    control_plane_cidrs = {}
    peer_cidrs          = { all = "0.0.0.0/0" }
    nodes               = { min = 3, max = 2 }
    egress_addresses    = 0
  }
  expect_failures = [
    var.name, var.kubernetes_version, var.zones, var.tenant_id, var.administrators, var.cidr, var.overlay_cidrs, var.control_plane_cidrs,
    var.peer_cidrs, var.nodes, var.egress_addresses,
  ]
}
