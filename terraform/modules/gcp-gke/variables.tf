variable "name" {
  description = "Name of the cluster in the federation; resources are named after it."
  type        = string

  validation {
    condition     = can(regex("^[a-z]([-a-z0-9]{0,15}[a-z0-9])?$", var.name))
    error_message = "name must be an RFC 1123 label of at most 17 characters that begins with a letter: names of service accounts are short."
  }
}

variable "project" {
  description = "Project of the cluster."
  type        = string

  validation {
    condition     = can(regex("^[a-z][-a-z0-9]{4,28}[a-z0-9]$", var.project))
    error_message = "project must be the id of a project, 6 to 30 characters."
  }
}

variable "region" {
  description = "Region of Google Cloud; the control plane is in several zones of it."
  type        = string
}

variable "zones" {
  description = "Zones of the nodes, 1 to 4."
  type        = list(string)

  validation {
    condition     = length(var.zones) >= 1 && length(var.zones) <= 4 && length(distinct(var.zones)) == length(var.zones)
    error_message = "zones must be 1 to 4 different zones."
  }
}

variable "cidrs" {
  description = "IPv4 ranges of the cluster's own subnetwork: of nodes, pods and Services. They may not overlap."
  type = object({
    nodes    = optional(string, "10.69.0.0/22")
    pods     = optional(string, "10.72.0.0/16")
    services = optional(string, "10.73.0.0/20")
  })
  default = {}

  validation {
    condition     = alltrue([for range in values(var.cidrs) : can(cidrhost(range, 0)) && !strcontains(range, ":")]) && length(distinct(values(var.cidrs))) == 3
    error_message = "cidrs must be three different IPv4 ranges."
  }
}

variable "network" {
  description = "A network that there is: id of the network, id of a subnetwork with ranges for pods and Services by their names, and the ranges that its connections leave from. Null: one is made."
  type = object({
    network        = string
    subnetwork     = string
    pods_range     = string
    services_range = string
    egress_cidrs   = list(string)
  })
  default = null
}

variable "control_plane_cidr" {
  description = "IPv4 range /28 of the control plane within the network, which nothing else has: from there the API server asks for sidecars."
  type        = string
  default     = "172.16.69.0/28"

  validation {
    condition     = can(cidrhost(var.control_plane_cidr, 0)) && endswith(var.control_plane_cidr, "/28")
    error_message = "control_plane_cidr must be an IPv4 range of /28."
  }
}

variable "control_plane_cidrs" {
  description = "Who may reach the API server from outside, by a name of your own: whoever runs Terraform and kubectl. None: it is reached from within the network only."
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
    condition     = length(var.peer_cidrs) >= 1 && alltrue([for range in values(var.peer_cidrs) : can(cidrhost(range, 0)) && !strcontains(range, ":")])
    error_message = "peer_cidrs must be at least one IPv4 range, such as { frankfurt = \"203.0.113.7/32\" }."
  }

  validation {
    condition     = alltrue([for range in values(var.peer_cidrs) : !endswith(range, "/0")])
    error_message = "peer_cidrs may not be everybody: name the ranges of the other clusters."
  }
}

variable "nodes" {
  description = "The node pool: how many machines in each zone, which, and their disks."
  type = object({
    min          = optional(number, 1)
    max          = optional(number, 3)
    machine_type = optional(string, "e2-standard-2")
    disk_gib     = optional(number, 50)
  })
  default = {}

  validation {
    condition     = var.nodes.min >= 1 && var.nodes.max >= var.nodes.min && var.nodes.max <= 100
    error_message = "nodes must be 1 to 100 in each zone, and max not less than min."
  }
}

variable "release_channel" {
  description = "Which versions of Kubernetes GKE takes by itself: RAPID, REGULAR or STABLE."
  type        = string
  default     = "REGULAR"

  validation {
    condition     = contains(["RAPID", "REGULAR", "STABLE"], var.release_channel)
    error_message = "release_channel must be RAPID, REGULAR or STABLE."
  }
}

variable "egress_addresses" {
  description = "How many public addresses connections leave from. Each has 64,512 ports, of which a node has at least 1,024."
  type        = number
  default     = 1

  validation {
    condition     = var.egress_addresses >= 1 && var.egress_addresses <= 16 && floor(var.egress_addresses) == var.egress_addresses
    error_message = "egress_addresses must be 1 to 16."
  }
}

variable "deletion_protection" {
  description = "Whether Terraform refuses to destroy the cluster."
  type        = bool
  default     = true
}
