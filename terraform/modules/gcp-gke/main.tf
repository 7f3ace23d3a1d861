locals {
  name         = "tombolo-${var.name}"
  gateway_port = 15443
}

# What a node may do: write logs and metrics. Who may pull which images is yours to say.
resource "google_service_account" "node" {
  project      = var.project
  account_id   = "${local.name}-node"
  display_name = "Nodes of ${var.name}"
}

resource "google_project_iam_member" "node" {
  project = var.project
  role    = "roles/container.defaultNodeServiceAccount"
  member  = "serviceAccount:${google_service_account.node.email}"
}

resource "google_container_cluster" "cluster" {
  project             = var.project
  name                = local.name
  location            = var.region
  node_locations      = var.zones
  network             = local.network
  subnetwork          = local.subnetwork
  networking_mode     = "VPC_NATIVE"
  datapath_provider   = "ADVANCED_DATAPATH"
  deletion_protection = var.deletion_protection

  # GKE makes no cluster without nodes: these go at once, and node_pool below are ours.
  remove_default_node_pool = true
  initial_node_count       = 1

  node_config {
    service_account = google_service_account.node.email

    shielded_instance_config {
      enable_secure_boot = true
    }
  }

  release_channel {
    channel = var.release_channel
  }

  ip_allocation_policy {
    cluster_secondary_range_name  = local.pods
    services_secondary_range_name = local.services
  }

  private_cluster_config {
    enable_private_nodes    = true
    enable_private_endpoint = length(var.control_plane_cidrs) == 0
    master_ipv4_cidr_block  = var.control_plane_cidr
  }

  master_authorized_networks_config {
    gcp_public_cidrs_access_enabled = false

    dynamic "cidr_blocks" {
      for_each = var.control_plane_cidrs

      content {
        display_name = cidr_blocks.key
        cidr_block   = cidr_blocks.value
      }
    }
  }

  master_auth {
    client_certificate_config {
      issue_client_certificate = false
    }
  }

  workload_identity_config {
    workload_pool = "${var.project}.svc.id.goog"
  }

  lifecycle {
    # Of the nodes that are gone.
    ignore_changes = [node_config]
  }

  depends_on = [google_project_iam_member.node, google_compute_router_nat.cluster]
}

resource "google_container_node_pool" "nodes" {
  project            = var.project
  name               = "nodes"
  location           = var.region
  cluster            = google_container_cluster.cluster.name
  node_locations     = var.zones
  initial_node_count = var.nodes.min

  autoscaling {
    min_node_count = var.nodes.min
    max_node_count = var.nodes.max
  }

  management {
    auto_repair  = true
    auto_upgrade = true
  }

  upgrade_settings {
    max_surge       = 1
    max_unavailable = 0
  }

  node_config {
    machine_type    = var.nodes.machine_type
    disk_size_gb    = var.nodes.disk_gib
    disk_type       = "pd-balanced"
    image_type      = "COS_CONTAINERD"
    service_account = google_service_account.node.email
    oauth_scopes    = ["https://www.googleapis.com/auth/cloud-platform"]

    # Pods do not reach the credentials of their node.
    workload_metadata_config {
      mode = "GKE_METADATA"
    }

    shielded_instance_config {
      enable_secure_boot = true
    }
  }

  lifecycle {
    # How many there were at first is no reason to make all of them anew.
    ignore_changes = [initial_node_count]
  }
}
