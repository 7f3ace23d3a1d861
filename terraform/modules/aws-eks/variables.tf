variable "name" {
  description = "Name of the cluster in the federation; resources are named after it."
  type        = string

  validation {
    condition     = can(regex("^[a-z]([-a-z0-9]{0,19}[a-z0-9])?$", var.name))
    error_message = "name must be an RFC 1123 label of at most 21 characters that begins with a letter: names of load balancers are short."
  }
}

variable "kubernetes_version" {
  description = "Version of Kubernetes, 1.29 or newer. Null: the one that AWS takes for new clusters."
  type        = string
  default     = null

  validation {
    condition     = var.kubernetes_version == null || try(tonumber(split(".", var.kubernetes_version)[1]) >= 29 && startswith(var.kubernetes_version, "1."), false)
    error_message = "kubernetes_version must be 1.29 or newer, such as 1.34: sidecars are native sidecar containers."
  }
}

variable "availability_zones" {
  description = "Zones of the nodes and of the load balancer, 2 to 4: EKS asks for two."
  type        = list(string)

  validation {
    condition     = length(var.availability_zones) >= 2 && length(var.availability_zones) <= 4 && length(distinct(var.availability_zones)) == length(var.availability_zones)
    error_message = "availability_zones must be 2 to 4 different zones."
  }
}

variable "vpc_cidr" {
  description = "IPv4 range of the cluster's own VPC, /16 to /20: each pod has an address of it."
  type        = string
  default     = "10.68.0.0/16"

  validation {
    condition     = can(cidrhost(var.vpc_cidr, 0)) && try(tonumber(split("/", var.vpc_cidr)[1]) >= 16 && tonumber(split("/", var.vpc_cidr)[1]) <= 20, false)
    error_message = "vpc_cidr must be an IPv4 range of /16 to /20, such as 10.68.0.0/16."
  }
}

variable "network" {
  description = "A VPC that there is, with a public and a private subnet in each of availability_zones, by zone, and the ranges that its connections leave from. Null: one is made."
  type = object({
    vpc_id          = string
    public_subnets  = map(string)
    private_subnets = map(string)
    egress_cidrs    = list(string)
  })
  default = null

  validation {
    condition     = var.network == null || try(toset(keys(var.network.public_subnets)) == toset(var.availability_zones) && toset(keys(var.network.private_subnets)) == toset(var.availability_zones), false)
    error_message = "network.public_subnets and network.private_subnets must have one subnet for each of availability_zones, by its zone."
  }
}

variable "control_plane_cidrs" {
  description = "Who may reach the API server from outside, by a name of your own: whoever runs Terraform and kubectl. None: it is reached from within the VPC only."
  type        = map(string)

  validation {
    condition     = alltrue([for range in values(var.control_plane_cidrs) : can(cidrhost(range, 0)) && !strcontains(range, ":") && !endswith(range, "/0")])
    error_message = "control_plane_cidrs must be IPv4 ranges, and not everybody."
  }
}

variable "peer_cidrs" {
  description = "Where the gateways and sidecars of other clusters come from, by a name of your own. Nobody else reaches port 15443."
  type        = map(string)

  validation {
    condition     = length(var.peer_cidrs) >= 1 && alltrue([for range in values(var.peer_cidrs) : can(cidrhost(range, 0))])
    error_message = "peer_cidrs must be at least one range, such as { frankfurt = \"203.0.113.7/32\" }."
  }

  validation {
    condition     = alltrue([for range in values(var.peer_cidrs) : !endswith(range, "/0")])
    error_message = "peer_cidrs may not be everybody: name the ranges of the other clusters."
  }
}

variable "nodes" {
  description = "The node group: how many machines, which, and their disks. Types, architecture and image of the programs must fit."
  type = object({
    min            = optional(number, 2)
    max            = optional(number, 4)
    instance_types = optional(list(string), ["m7i.large"])
    ami_type       = optional(string, "AL2023_x86_64_STANDARD")
    disk_gib       = optional(number, 40)
  })
  default = {}

  validation {
    condition     = var.nodes.min >= 1 && var.nodes.max >= var.nodes.min && var.nodes.max <= 100
    error_message = "nodes must be 1 to 100, and max not less than min."
  }
}

variable "node_ports" {
  description = "Ports of the nodes by which the load balancer reaches gateways, and asks if they take connections. They must be free in the cluster."
  type = object({
    mesh   = optional(number, 31443)
    health = optional(number, 31521)
  })
  default = {}

  validation {
    condition     = alltrue([for port in values(var.node_ports) : port >= 30000 && port <= 32767]) && var.node_ports.mesh != var.node_ports.health
    error_message = "node_ports must be two ports from 30000 to 32767."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts the Secrets of the cluster once more, and the nodes' disks. Null: AWS's own keys."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of everything that can have some."
  type        = map(string)
  default     = {}
}
