locals {
  subnet_bits = max(0, 28 - tonumber(split("/", var.vpc_cidr)[1]))
}

resource "aws_vpc" "site" {
  cidr_block           = var.vpc_cidr
  enable_dns_hostnames = true
  enable_dns_support   = true
  tags                 = merge(local.tags, { Name = local.name })
}

resource "aws_internet_gateway" "site" {
  vpc_id = aws_vpc.site.id
  tags   = merge(local.tags, { Name = local.name })
}

resource "aws_subnet" "site" {
  for_each = local.zones

  vpc_id            = aws_vpc.site.id
  availability_zone = each.key
  cidr_block        = cidrsubnet(var.vpc_cidr, min(local.subnet_bits, 4), each.value)
  tags              = merge(local.tags, { Name = "${local.name}-${each.key}" })
}

resource "aws_route_table" "site" {
  vpc_id = aws_vpc.site.id
  tags   = merge(local.tags, { Name = local.name })

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.site.id
  }
}

resource "aws_route_table_association" "site" {
  for_each = aws_subnet.site

  subnet_id      = each.value.id
  route_table_id = aws_route_table.site.id
}

# Targets see the addresses of the peers (client addresses are kept), so the gateways' group can hold the same ranges.
resource "aws_lb" "gateways" {
  name                             = local.name
  load_balancer_type               = "network"
  internal                         = false
  security_groups                  = [aws_security_group.balancer.id]
  subnets                          = [for subnet in aws_subnet.site : subnet.id]
  enable_cross_zone_load_balancing = true
  tags                             = local.tags
}

resource "aws_lb_target_group" "gateways" {
  name                   = local.name
  vpc_id                 = aws_vpc.site.id
  port                   = local.gateway_port
  protocol               = "TCP"
  preserve_client_ip     = true
  deregistration_delay   = 60
  connection_termination = true
  tags                   = local.tags

  health_check {
    protocol            = "TCP"
    port                = "traffic-port"
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
