output "gateway" {
  description = "What the module kubernetes takes as gateway: the reserved address, by which GKE makes a load balancer that only peers reach."
  value = {
    advertise = "${google_compute_address.gateways.address}:${local.gateway_port}"
    # The load balancer has noticed after three checks, 8 s apart.
    announce_after = "30s"
    service = {
      type                    = "LoadBalancer"
      external_traffic_policy = "Local"
      source_ranges           = values(var.peer_cidrs)
      annotations = {
        "cloud.google.com/l4-rbs"                      = "enabled"
        "networking.gke.io/load-balancer-ip-addresses" = google_compute_address.gateways.name
      }
    }
  }
}

output "gateway_cidrs" {
  description = "Address of the load balancer, which stays: for others that let their connections out to some only."
  value       = ["${google_compute_address.gateways.address}/32"]
}

output "egress_cidrs" {
  description = "Where connections of this cluster come from: what other clusters let in, as their peer_cidrs, and an authority as its joiner_cidrs."
  value       = local.egress_cidrs
}

output "cluster_name" {
  description = "Name of the cluster in GKE."
  value       = google_container_cluster.cluster.name
}

output "endpoint" {
  description = "URL of the API server, for the providers of Helm and Kubernetes."
  value       = "https://${google_container_cluster.cluster.endpoint}"
}

output "ca_certificate" {
  description = "CA of the API server as PEM."
  value       = base64decode(google_container_cluster.cluster.master_auth[0].cluster_ca_certificate)
}

output "node_service_account" {
  description = "Service account of the nodes: let it read the repository of the image."
  value       = google_service_account.node.email
}
