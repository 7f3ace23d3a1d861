output "gateway" {
  description = "What the module kubernetes takes as gateway: the load balancer's address, and the ports of the nodes that it leads to."
  value = {
    advertise = "${aws_lb.gateways.dns_name}:${local.gateway_port}"
    # The load balancer has noticed after two checks, 10 s apart.
    announce_after = "25s"
    service = {
      type                    = "NodePort"
      external_traffic_policy = "Local"
      node_ports              = var.node_ports
    }
  }
}

output "gateway_cidrs" {
  description = "Addresses of the load balancer, which stay: for others that let their connections out to some only."
  value       = [for address in aws_eip.balancer : "${address.public_ip}/32"]
}

output "egress_cidrs" {
  description = "Where connections of this cluster come from: what other clusters let in, as their peer_cidrs, and an authority as its joiner_cidrs."
  value       = local.egress_cidrs
}

output "cluster_name" {
  description = "Name of the cluster in EKS, as `aws eks get-token` takes it."
  value       = aws_eks_cluster.cluster.name
}

output "endpoint" {
  description = "URL of the API server, for the providers of Helm and Kubernetes."
  value       = aws_eks_cluster.cluster.endpoint
}

output "ca_certificate" {
  description = "CA of the API server as PEM."
  value       = base64decode(aws_eks_cluster.cluster.certificate_authority[0].data)
}
