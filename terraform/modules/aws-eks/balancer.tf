# The load balancer is Terraform's and not a controller's in the cluster: its addresses are known before the chart is installed,
# and nothing of it is left over when the cluster is destroyed.
resource "aws_security_group" "balancer" {
  name        = "${local.name}-balancer"
  description = "Load balancer of the gateways: 15443 from the peers"
  vpc_id      = local.vpc_id
  tags        = local.tags
}

resource "aws_vpc_security_group_ingress_rule" "balancer_from_peers" {
  for_each = var.peer_cidrs

  security_group_id = aws_security_group.balancer.id
  description       = "Peer ${each.key}"
  ip_protocol       = "tcp"
  from_port         = local.gateway_port
  to_port           = local.gateway_port
  cidr_ipv4         = strcontains(each.value, ":") ? null : each.value
  cidr_ipv6         = strcontains(each.value, ":") ? each.value : null
}

resource "aws_vpc_security_group_egress_rule" "balancer_to_nodes" {
  for_each = var.node_ports

  security_group_id            = aws_security_group.balancer.id
  description                  = "Gateways: ${each.key}"
  ip_protocol                  = "tcp"
  from_port                    = each.value
  to_port                      = each.value
  referenced_security_group_id = aws_eks_cluster.cluster.vpc_config[0].cluster_security_group_id
}

# The group that EKS gives to nodes and control plane.
resource "aws_vpc_security_group_ingress_rule" "nodes_from_balancer" {
  for_each = var.node_ports

  security_group_id            = aws_eks_cluster.cluster.vpc_config[0].cluster_security_group_id
  description                  = "Load balancer of the gateways: ${each.key}"
  ip_protocol                  = "tcp"
  from_port                    = each.value
  to_port                      = each.value
  referenced_security_group_id = aws_security_group.balancer.id
}

resource "aws_eip" "balancer" {
  for_each = toset(var.availability_zones)

  domain     = "vpc"
  tags       = merge(local.tags, { Name = "${local.name}-gateways-${each.key}" })
  depends_on = [aws_internet_gateway.cluster]
}

resource "aws_lb" "gateways" {
  name                             = local.name
  load_balancer_type               = "network"
  internal                         = false
  security_groups                  = [aws_security_group.balancer.id]
  enable_cross_zone_load_balancing = true
  tags                             = local.tags

  dynamic "subnet_mapping" {
    for_each = toset(var.availability_zones)

    content {
      subnet_id     = local.public_subnets[subnet_mapping.key]
      allocation_id = aws_eip.balancer[subnet_mapping.key].id
    }
  }
}

# Each node leads to its own gateways only (externalTrafficPolicy Local), so a node without a ready one is asked in vain, and left out.
# The gateway itself ends its connections when peers have left.
resource "aws_lb_target_group" "gateways" {
  name                   = local.name
  vpc_id                 = local.vpc_id
  port                   = var.node_ports.mesh
  protocol               = "TCP"
  target_type            = "instance"
  preserve_client_ip     = true
  deregistration_delay   = 120
  connection_termination = false
  tags                   = local.tags

  target_health_state {
    enable_unhealthy_connection_termination = false
  }

  health_check {
    protocol            = "HTTP"
    port                = tostring(var.node_ports.health)
    path                = "/readyz"
    matcher             = "200"
    interval            = 10
    healthy_threshold   = 2
    unhealthy_threshold = 2
  }
}

resource "aws_lb_listener" "gateways" {
  load_balancer_arn = aws_lb.gateways.arn
  port              = local.gateway_port
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.gateways.arn
  }
}

resource "aws_autoscaling_attachment" "gateways" {
  autoscaling_group_name = aws_eks_node_group.nodes.resources[0].autoscaling_groups[0].name
  lb_target_group_arn    = aws_lb_target_group.gateways.arn
}
