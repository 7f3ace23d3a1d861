locals {
  network      = var.network == null ? google_compute_network.cluster[0].id : var.network.network
  subnetwork   = var.network == null ? google_compute_subnetwork.cluster[0].id : var.network.subnetwork
  pods         = var.network == null ? "pods" : var.network.pods_range
  services     = var.network == null ? "services" : var.network.services_range
  egress_cidrs = var.network == null ? [for address in google_compute_address.nat : "${address.address}/32"] : var.network.egress_cidrs
}

resource "google_compute_network" "cluster" {
  count = var.network == null ? 1 : 0

  project                 = var.project
  name                    = local.name
  auto_create_subnetworks = false
}

resource "google_compute_subnetwork" "cluster" {
  count = var.network == null ? 1 : 0

  project                  = var.project
  name                     = local.name
  region                   = var.region
  network                  = google_compute_network.cluster[0].id
  ip_cidr_range            = var.cidrs.nodes
  private_ip_google_access = true

  secondary_ip_range {
    range_name    = "pods"
    ip_cidr_range = var.cidrs.pods
  }

  secondary_ip_range {
    range_name    = "services"
    ip_cidr_range = var.cidrs.services
  }
}

# Addresses that other clusters let in. They depend on nothing that knows the others, so two clusters can name each other's.
resource "google_compute_address" "nat" {
  count = var.network == null ? var.egress_addresses : 0

  project = var.project
  name    = "${local.name}-nat-${count.index}"
  region  = var.region
}

resource "google_compute_router" "cluster" {
  count = var.network == null ? 1 : 0

  project = var.project
  name    = local.name
  region  = var.region
  network = google_compute_network.cluster[0].id
}

resource "google_compute_router_nat" "cluster" {
  count = var.network == null ? 1 : 0

  project                             = var.project
  name                                = local.name
  region                              = var.region
  router                              = google_compute_router.cluster[0].name
  nat_ip_allocate_option              = "MANUAL_ONLY"
  nat_ips                             = google_compute_address.nat[*].id
  source_subnetwork_ip_ranges_to_nat  = "LIST_OF_SUBNETWORKS"
  enable_dynamic_port_allocation      = true
  enable_endpoint_independent_mapping = false
  min_ports_per_vm                    = 1024
  max_ports_per_vm                    = 32768

  # Nodes and pods.
  subnetwork {
    name                    = google_compute_subnetwork.cluster[0].id
    source_ip_ranges_to_nat = ["ALL_IP_RANGES"]
  }
}

# What the load balancer of the gateways' Service takes: it is known before the chart is installed.
resource "google_compute_address" "gateways" {
  project = var.project
  name    = "${local.name}-gateways"
  region  = var.region
}

# GKE lets its control plane reach 443 and 10250 of nodes by itself. Sidecars are asked for at another port.
resource "google_compute_firewall" "injection" {
  project                 = var.project
  name                    = "${local.name}-injection"
  network                 = local.network
  source_ranges           = [var.control_plane_cidr]
  target_service_accounts = [google_service_account.node.email]

  allow {
    protocol = "tcp"
    ports    = ["15017"]
  }
}
