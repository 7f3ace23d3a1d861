variable "name" {
  description = "Name of the cluster in the federation; resources are named after it."
  type        = string

  validation {
    condition     = can(regex("^[a-z]([-a-z0-9]{0,39}[a-z0-9])?$", var.name))
    error_message = "name must be an RFC 1123 label of at most 41 characters that begins with a letter: names of AKS are short."
  }
}

variable "location" {
  description = "Region of Azure."
  type        = string
}

variable "zones" {
  description = "Zones of the nodes and of the load balancer's address, 1 to 3."
  type        = list(string)

  validation {
    condition     = length(var.zones) >= 1 && length(var.zones) <= 3 && length(distinct(var.zones)) == length(var.zones)
    error_message = "zones must be 1 to 3 different zones."
  }
}

variable "kubernetes_version" {
  description = "Version of Kubernetes, 1.29 or newer. Null: the one that Azure takes for new clusters."
  type        = string
  default     = null

  validation {
    condition     = var.kubernetes_version == null || try(tonumber(split(".", var.kubernetes_version)[1]) >= 29 && startswith(var.kubernetes_version, "1."), false)
    error_message = "kubernetes_version must be 1.29 or newer, such as 1.33: sidecars are native sidecar containers."
  }
}

variable "tenant_id" {
  description = "Tenant of those who may use the cluster."
  type        = string

  validation {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", var.tenant_id))
    error_message = "tenant_id must be a UUID in lower case."
  }
}

variable "administrators" {
  description = "Object ids of who may do everything in the cluster, by a name of your own; whoever runs Terraform must be among them."
  type        = map(string)

  validation {
    condition     = length(var.administrators) >= 1 && alltrue([for id in values(var.administrators) : can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", id))])
    error_message = "administrators must be at least one UUID in lower case: there are no local accounts."
  }
}

variable "cidr" {
  description = "IPv4 range of the cluster's own network, /16 to /26, for nodes. Pods have addresses of an overlay."
  type        = string
  default     = "10.70.0.0/22"

  validation {
    condition     = can(cidrhost(var.cidr, 0)) && try(tonumber(split("/", var.cidr)[1]) >= 16 && tonumber(split("/", var.cidr)[1]) <= 26, false)
    error_message = "cidr must be an IPv4 range of /16 to /26, such as 10.70.0.0/22."
  }
}

variable "overlay_cidrs" {
  description = "IPv4 ranges of pods and Services within the cluster. They may not overlap with each other or with the network."
  type = object({
    pods     = optional(string, "10.244.0.0/16")
    services = optional(string, "10.245.0.0/16")
  })
  default = {}

  validation {
    condition     = alltrue([for range in values(var.overlay_cidrs) : can(cidrhost(range, 0)) && !strcontains(range, ":")]) && var.overlay_cidrs.pods != var.overlay_cidrs.services
    error_message = "overlay_cidrs must be two different IPv4 ranges."
  }
}

variable "network" {
  description = "A subnet that there is, whose NAT gateway is its way out, and the ranges that its connections leave from. Null: one is made."
  type = object({
    subnet_id    = string
    egress_cidrs = list(string)
  })
  default = null
}

variable "control_plane_cidrs" {
  description = "Who may reach the API server, by a name of your own: whoever runs Terraform and kubectl. Nodes do in any case."
  type        = map(string)

  validation {
    condition     = length(var.control_plane_cidrs) >= 1 && alltrue([for range in values(var.control_plane_cidrs) : can(cidrhost(range, 0)) && !strcontains(range, ":") && !endswith(range, "/0")])
    error_message = "control_plane_cidrs must be at least one IPv4 range, and not everybody: without one Azure lets everybody in."
  }
}

variable "peer_cidrs" {
  description = "Where the gateways and sidecars of other clusters come from, by a name of your own. Nobody else reaches port 15443."
  type        = map(string)

  validation {
    condition     = length(var.peer_cidrs) >= 1 && alltrue([for range in values(var.peer_cidrs) : can(cidrhost(range, 0)) && !strcontains(range, ":")])
    error_message = "peer_cidrs must be at least one IPv4 range, such as { frankfurt = \"203.0.113.7/32\" }."
  }

  validation {
    condition     = alltrue([for range in values(var.peer_cidrs) : !endswith(range, "/0")])
    error_message = "peer_cidrs may not be everybody: name the ranges of the other clusters."
  }
}

variable "nodes" {
  description = "The node pool: how many machines, which, and their disks."
  type = object({
    min      = optional(number, 2)
    max      = optional(number, 4)
    vm_size  = optional(string, "Standard_D2s_v5")
    disk_gib = optional(number, 64)
  })
  default = {}

  validation {
    condition     = var.nodes.min >= 1 && var.nodes.max >= var.nodes.min && var.nodes.max <= 100
    error_message = "nodes must be 1 to 100, and max not less than min."
  }
}

variable "egress_addresses" {
  description = "How many public addresses connections leave from. Each has 64,512 ports."
  type        = number
  default     = 1

  validation {
    condition     = var.egress_addresses >= 1 && var.egress_addresses <= 16 && floor(var.egress_addresses) == var.egress_addresses
    error_message = "egress_addresses must be 1 to 16."
  }
}
