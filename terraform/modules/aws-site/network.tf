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

# For the load balancer, the NAT gateways, and the controller with its own address.
resource "aws_subnet" "public" {
  for_each = local.zones

  vpc_id            = aws_vpc.site.id
  availability_zone = each.key
  cidr_block        = cidrsubnet(var.vpc_cidr, 4, each.value)
  tags              = merge(local.tags, { Name = "${local.name}-public-${each.key}" })
}

# For gateways and sidecars. Twice as large, behind the four that can be public.
resource "aws_subnet" "private" {
  for_each = local.zones

  vpc_id            = aws_vpc.site.id
  availability_zone = each.key
  cidr_block        = cidrsubnet(var.vpc_cidr, 3, each.value + 2)
  tags              = merge(local.tags, { Name = "${local.name}-private-${each.key}" })
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.site.id
  tags   = merge(local.tags, { Name = "${local.name}-public" })

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.site.id
  }
}

resource "aws_route_table_association" "public" {
  for_each = aws_subnet.public

  subnet_id      = each.value.id
  route_table_id = aws_route_table.public.id
}

# Addresses that other sites let in. They depend on nothing that knows the other sites, so two sites can name each other's.
resource "aws_eip" "nat" {
  for_each = local.zones

  domain     = "vpc"
  tags       = merge(local.tags, { Name = "${local.name}-nat-${each.key}" })
  depends_on = [aws_internet_gateway.site]
}

resource "aws_nat_gateway" "site" {
  for_each = local.zones

  allocation_id = aws_eip.nat[each.key].id
  subnet_id     = aws_subnet.public[each.key].id
  tags          = merge(local.tags, { Name = "${local.name}-${each.key}" })
  depends_on    = [aws_internet_gateway.site]
}

resource "aws_route_table" "private" {
  for_each = local.zones

  vpc_id = aws_vpc.site.id
  tags   = merge(local.tags, { Name = "${local.name}-private-${each.key}" })

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.site[each.key].id
  }
}

resource "aws_route_table_association" "private" {
  for_each = aws_subnet.private

  subnet_id      = each.value.id
  route_table_id = aws_route_table.private[each.key].id
}

# Targets see the addresses of the peers (client addresses are kept), so the gateways' group can hold the same ranges.
resource "aws_lb" "gateways" {
  name                             = local.name
  load_balancer_type               = "network"
  internal                         = false
  security_groups                  = [aws_security_group.balancer.id]
  subnets                          = [for subnet in aws_subnet.public : subnet.id]
  enable_cross_zone_load_balancing = true
  tags                             = local.tags
}

# The gateway itself ends its connections when peers have left: the load balancer cuts none, of a gateway that is not ready or
# one that the group takes away.
resource "aws_lb_target_group" "gateways" {
  name                   = local.name
  vpc_id                 = aws_vpc.site.id
  port                   = local.gateway_port
  protocol               = "TCP"
  preserve_client_ip     = true
  deregistration_delay   = 120
  connection_termination = false
  tags                   = local.tags

  target_health_state {
    enable_unhealthy_connection_termination = false
  }

  health_check {
    protocol            = "HTTP"
    port                = tostring(local.health_port)
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
