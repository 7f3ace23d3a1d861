resource "aws_security_group" "balancer" {
  name        = "${local.name}-balancer"
  description = "Load balancer of the gateways: 15443 from the peers"
  vpc_id      = aws_vpc.site.id
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

resource "aws_vpc_security_group_egress_rule" "balancer_to_gateways" {
  security_group_id            = aws_security_group.balancer.id
  description                  = "Gateways"
  ip_protocol                  = "tcp"
  from_port                    = local.gateway_port
  to_port                      = local.gateway_port
  referenced_security_group_id = aws_security_group.gateway.id
}

resource "aws_vpc_security_group_egress_rule" "balancer_asks_gateways" {
  security_group_id            = aws_security_group.balancer.id
  description                  = "Health checks"
  ip_protocol                  = "tcp"
  from_port                    = local.health_port
  to_port                      = local.health_port
  referenced_security_group_id = aws_security_group.gateway.id
}

resource "aws_security_group" "gateway" {
  name        = "${local.name}-gateway"
  description = "Gateways of the site"
  vpc_id      = aws_vpc.site.id
  tags        = local.tags
}

resource "aws_vpc_security_group_ingress_rule" "gateway_from_balancer" {
  security_group_id            = aws_security_group.gateway.id
  description                  = "What the load balancer passes on"
  ip_protocol                  = "tcp"
  from_port                    = local.gateway_port
  to_port                      = local.gateway_port
  referenced_security_group_id = aws_security_group.balancer.id
}

resource "aws_vpc_security_group_ingress_rule" "gateway_asked_by_balancer" {
  security_group_id            = aws_security_group.gateway.id
  description                  = "Health checks"
  ip_protocol                  = "tcp"
  from_port                    = local.health_port
  to_port                      = local.health_port
  referenced_security_group_id = aws_security_group.balancer.id
}

# A gateway dials gateways of other clusters, its controller, and the sidecars of its own cluster; machines fetch packages.
resource "aws_vpc_security_group_egress_rule" "gateway_to_all" {
  security_group_id = aws_security_group.gateway.id
  description       = "Gateways of other clusters, the controller, package mirrors"
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_security_group" "controller" {
  name        = "${local.name}-controller"
  description = "Controller of the site"
  vpc_id      = aws_vpc.site.id
  tags        = local.tags
}

resource "aws_vpc_security_group_ingress_rule" "controller_from_gateways" {
  security_group_id            = aws_security_group.controller.id
  description                  = "Enrolment and feed of the gateways"
  ip_protocol                  = "tcp"
  from_port                    = 15010
  to_port                      = 15010
  referenced_security_group_id = aws_security_group.gateway.id
}

resource "aws_vpc_security_group_ingress_rule" "sidecars_from_gateways" {
  security_group_id            = aws_security_group.controller.id
  description                  = "Up to four sidecars on this machine"
  ip_protocol                  = "tcp"
  from_port                    = 15006
  to_port                      = 15009
  referenced_security_group_id = aws_security_group.gateway.id
}

resource "aws_vpc_security_group_ingress_rule" "controller_from_joiners" {
  for_each = var.joiner_cidrs

  security_group_id = aws_security_group.controller.id
  description       = "Joiner ${each.key}"
  ip_protocol       = "tcp"
  from_port         = 15012
  to_port           = 15012
  cidr_ipv4         = strcontains(each.value, ":") ? null : each.value
  cidr_ipv6         = strcontains(each.value, ":") ? each.value : null
}

resource "aws_vpc_security_group_egress_rule" "controller" {
  for_each = toset([for port in setunion(var.backbone_ports, [80, 443, 15012, local.gateway_port]) : tostring(port)])

  security_group_id = aws_security_group.controller.id
  description       = "Backbone, an authority, gateways, the secret store and package mirrors"
  ip_protocol       = "tcp"
  from_port         = tonumber(each.key)
  to_port           = tonumber(each.key)
  cidr_ipv4         = "0.0.0.0/0"
}
