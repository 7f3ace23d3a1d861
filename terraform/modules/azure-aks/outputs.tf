output "gateway" {
  description = "What the module kubernetes takes as gateway: the reserved address, by which AKS makes a load balancer that only peers reach."
  value = {
    advertise = "${azurerm_public_ip.gateways.ip_address}:${local.gateway_port}"
    # The load balancer has noticed after two checks, 5 s apart, and has been told of it before.
    announce_after = "20s"
    service = {
      type                    = "LoadBalancer"
      external_traffic_policy = "Local"
      source_ranges           = values(var.peer_cidrs)
      annotations = {
        "service.beta.kubernetes.io/azure-load-balancer-resource-group" = azurerm_resource_group.cluster.name
        "service.beta.kubernetes.io/azure-pip-name"                     = azurerm_public_ip.gateways.name
      }
    }
  }
}

output "gateway_cidrs" {
  description = "Address of the load balancer, which stays: for others that let their connections out to some only."
  value       = ["${azurerm_public_ip.gateways.ip_address}/32"]
}

output "egress_cidrs" {
  description = "Where connections of this cluster come from: what other clusters let in, as their peer_cidrs, and an authority as its joiner_cidrs."
  value       = local.egress_cidrs
}

output "cluster_name" {
  description = "Name of the cluster in AKS, and of its resource group."
  value       = azurerm_kubernetes_cluster.cluster.name
}

output "endpoint" {
  description = "URL of the API server, for the providers of Helm and Kubernetes. It can be used once the administrators have their role."
  value       = azurerm_kubernetes_cluster.cluster.kube_config[0].host
  depends_on  = [azurerm_role_assignment.administrators]
}

output "ca_certificate" {
  description = "CA of the API server as PEM."
  value       = base64decode(azurerm_kubernetes_cluster.cluster.kube_config[0].cluster_ca_certificate)
}

output "kubelet_object_id" {
  description = "Identity by which nodes pull images: let it read your registry (role AcrPull)."
  value       = one(azurerm_kubernetes_cluster.cluster.kubelet_identity[*].object_id)
}
