locals {
  own_zones = var.network == null ? { for index, zone in var.availability_zones : zone => index } : {}

  vpc_id          = var.network == null ? aws_vpc.cluster[0].id : var.network.vpc_id
  public_subnets  = var.network == null ? { for zone, subnet in aws_subnet.public : zone => subnet.id } : var.network.public_subnets
  private_subnets = var.network == null ? { for zone, subnet in aws_subnet.private : zone => subnet.id } : var.network.private_subnets
  egress_cidrs    = var.network == null ? [for address in aws_eip.nat : "${address.public_ip}/32"] : var.network.egress_cidrs
}

resource "aws_vpc" "cluster" {
  count = var.network == null ? 1 : 0

  cidr_block           = var.vpc_cidr
  enable_dns_hostnames = true
  enable_dns_support   = true
  tags                 = merge(local.tags, { Name = local.name })
}

resource "aws_internet_gateway" "cluster" {
  count = var.network == null ? 1 : 0

  vpc_id = aws_vpc.cluster[0].id
  tags   = merge(local.tags, { Name = local.name })
}

# For the load balancer and the NAT gateways. Small, so that pods have the rest.
resource "aws_subnet" "public" {
  for_each = local.own_zones

  vpc_id            = aws_vpc.cluster[0].id
  availability_zone = each.key
  cidr_block        = cidrsubnet(var.vpc_cidr, 6, each.value)
  tags              = merge(local.tags, { Name = "${local.name}-public-${each.key}" })
}

# For nodes and pods.
resource "aws_subnet" "private" {
  for_each = local.own_zones

  vpc_id            = aws_vpc.cluster[0].id
  availability_zone = each.key
  cidr_block        = cidrsubnet(var.vpc_cidr, 3, each.value + 1)
  tags              = merge(local.tags, { Name = "${local.name}-private-${each.key}" })
}

resource "aws_route_table" "public" {
  count = var.network == null ? 1 : 0

  vpc_id = aws_vpc.cluster[0].id
  tags   = merge(local.tags, { Name = "${local.name}-public" })

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.cluster[0].id
  }
}

resource "aws_route_table_association" "public" {
  for_each = aws_subnet.public

  subnet_id      = each.value.id
  route_table_id = aws_route_table.public[0].id
}

# Addresses that other clusters let in. They depend on nothing that knows the others, so two clusters can name each other's.
resource "aws_eip" "nat" {
  for_each = local.own_zones

  domain     = "vpc"
  tags       = merge(local.tags, { Name = "${local.name}-nat-${each.key}" })
  depends_on = [aws_internet_gateway.cluster]
}

resource "aws_nat_gateway" "cluster" {
  for_each = local.own_zones

  allocation_id = aws_eip.nat[each.key].id
  subnet_id     = aws_subnet.public[each.key].id
  tags          = merge(local.tags, { Name = "${local.name}-${each.key}" })
  depends_on    = [aws_internet_gateway.cluster]
}

resource "aws_route_table" "private" {
  for_each = local.own_zones

  vpc_id = aws_vpc.cluster[0].id
  tags   = merge(local.tags, { Name = "${local.name}-private-${each.key}" })

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.cluster[each.key].id
  }
}

resource "aws_route_table_association" "private" {
  for_each = aws_subnet.private

  subnet_id      = each.value.id
  route_table_id = aws_route_table.private[each.key].id
}
