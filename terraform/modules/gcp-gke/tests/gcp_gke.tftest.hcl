# Plans against the names and types of Google's provider; nothing is made.
mock_provider "google" {
  mock_resource "google_compute_address" {
    defaults = { address = "203.0.113.20" }
  }
  mock_resource "google_service_account" {
    defaults = { email = "node@example-project.iam.gserviceaccount.com" }
  }
  mock_resource "google_container_cluster" {
    defaults = { endpoint = "192.0.2.10", master_auth = { cluster_ca_certificate = "Y2VydGlmaWNhdGU=" } }
  }
}

variables {
  name                = "west"
  project             = "example-project"
  region              = "europe-west3"
  zones               = ["europe-west3-a", "europe-west3-b"]
  control_plane_cidrs = { office = "198.51.100.0/24" }
  peer_cidrs          = { east = "203.0.113.7/32" }
}

run "gateways_are_behind_an_address_that_is_known_before_them" {
  assert {
    condition     = output.gateway.advertise == "203.0.113.20:15443" && output.gateway.service.type == "LoadBalancer" && output.gateway.service.external_traffic_policy == "Local"
    error_message = "gateways are reached elsewhere"
  }
  assert {
    condition     = output.gateway.service.annotations["networking.gke.io/load-balancer-ip-addresses"] == google_compute_address.gateways.name && google_compute_address.gateways.name == "tombolo-west-gateways"
    error_message = "the Service has another address"
  }
  assert {
    condition     = output.gateway_cidrs[0] == "203.0.113.20/32" && output.endpoint == "https://192.0.2.10"
    error_message = "it is not known by its addresses"
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
    condition = (
      toset([for block in one(google_container_cluster.cluster.master_authorized_networks_config).cidr_blocks : block.cidr_block]) == toset(["198.51.100.0/24"]) &&
      one(google_container_cluster.cluster.master_authorized_networks_config).gcp_public_cidrs_access_enabled == false &&
      one(google_container_cluster.cluster.private_cluster_config).enable_private_endpoint == false
    )
    error_message = "others reach it"
  }
}

run "it_can_be_reached_from_within_only" {
  variables {
    control_plane_cidrs = {}
  }
  assert {
    condition     = one(google_container_cluster.cluster.private_cluster_config).enable_private_endpoint && length(one(google_container_cluster.cluster.master_authorized_networks_config).cidr_blocks) == 0
    error_message = "it is reached from outside"
  }
}

run "nodes_and_pods_may_do_no_more_than_they_must" {
  assert {
    condition     = google_project_iam_member.node.role == "roles/container.defaultNodeServiceAccount" && one(google_container_node_pool.nodes.node_config).service_account == google_service_account.node.email
    error_message = "nodes have other rights"
  }
  assert {
    condition     = one(one(google_container_node_pool.nodes.node_config).workload_metadata_config).mode == "GKE_METADATA"
    error_message = "pods reach the credentials of their node"
  }
  assert {
    condition     = one(google_container_cluster.cluster.private_cluster_config).enable_private_nodes
    error_message = "nodes have public addresses"
  }
}

run "the_api_server_asks_for_sidecars" {
  assert {
    condition = (
      toset(google_compute_firewall.injection.source_ranges) == toset([one(google_container_cluster.cluster.private_cluster_config).master_ipv4_cidr_block]) &&
      toset(one(google_compute_firewall.injection.allow).ports) == toset(["15017"])
    )
    error_message = "it does not reach the controller, or others do"
  }
}

run "connections_leave_from_fixed_addresses" {
  variables {
    egress_addresses = 2
  }
  assert {
    condition     = length(output.egress_cidrs) == 2 && toset(google_compute_router_nat.cluster[0].nat_ips) == toset(google_compute_address.nat[*].id) && google_compute_router_nat.cluster[0].nat_ip_allocate_option == "MANUAL_ONLY"
    error_message = "Google chooses addresses"
  }
}

run "a_network_that_there_is_can_be_used" {
  variables {
    network = {
      network        = "projects/example-project/global/networks/own"
      subnetwork     = "projects/example-project/regions/europe-west3/subnetworks/own"
      pods_range     = "p"
      services_range = "s"
      egress_cidrs   = ["192.0.2.1/32"]
    }
  }
  assert {
    condition     = length(google_compute_network.cluster) == 0 && length(google_compute_address.nat) == 0 && length(google_compute_router_nat.cluster) == 0
    error_message = "another one is made"
  }
  assert {
    condition     = endswith(google_container_cluster.cluster.subnetwork, "/own") && one(google_container_cluster.cluster.ip_allocation_policy).cluster_secondary_range_name == "p" && output.egress_cidrs[0] == "192.0.2.1/32"
    error_message = "nodes are elsewhere"
  }
}

run "what_cannot_be_is_said_before_anything_is_made" {
  command = plan
  variables {
    name                = "West"
    project             = "x"
    zones               = []
    cidrs               = { nodes = "10.0.0.0/16", pods = "10.0.0.0/16" }
    control_plane_cidr  = "172.16.0.0/16"
    control_plane_cidrs = { all = "0.0.0.0/0" }
    peer_cidrs          = { all = "0.0.0.0/0" }
    nodes               = { min = 3, max = 2 }
    release_channel     = "NEWEST"
    egress_addresses    = 0
  }
  expect_failures = [
    var.name, var.project, var.zones, var.cidrs, var.control_plane_cidr, var.control_plane_cidrs, var.peer_cidrs, var.nodes,
    var.release_channel, var.egress_addresses,
  ]
}
