variable "name" {
  description = "Name of this cluster in the federation; it cannot be changed later."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$", var.name))
    error_message = "name must be an RFC 1123 label: 1 to 63 lower-case letters, digits and '-'."
  }
}

variable "region" {
  description = "Region of the cluster as policies of the federation name it."
  type        = string
  default     = ""
}

variable "zone" {
  description = "Where in the region it is."
  type        = string
  default     = ""
}

variable "labels" {
  description = "What the cluster says of itself, such as { residency = \"eu\" }."
  type        = map(string)
  default     = {}
}

variable "chart" {
  description = "Where Helm gets the chart: name = a directory such as deploy/helm/tombolo, or the chart's name in repository, such as oci://registry.example.org/charts, with its version."
  type = object({
    name       = string
    repository = optional(string)
    version    = optional(string)
  })

  validation {
    condition     = var.chart.repository == null || var.chart.version != null
    error_message = "chart.version must be said where chart.repository is: what is installed should not change by itself."
  }
}

variable "image" {
  description = "The image as deploy/image.sh pushed it. Pull secrets are names of Secrets, which also have to be in the namespaces of pods with sidecars."
  type = object({
    repository   = string
    tag          = optional(string, "")
    pull_secrets = optional(list(string), [])
  })
}

variable "gateway" {
  description = "How other clusters reach the gateways: advertise = host:port of their load balancer, without which none runs, and what their Service is. The modules for clouds give this as their output gateway."
  type = object({
    advertise      = optional(string, "")
    replicas       = optional(number, 2)
    announce_after = optional(string, "15s")
    service = optional(object({
      type                    = optional(string, "LoadBalancer")
      annotations             = optional(map(string), {})
      source_ranges           = optional(list(string), [])
      external_traffic_policy = optional(string, "Cluster")
      node_ports = optional(object({
        mesh   = optional(number)
        health = optional(number)
      }), {})
    }), {})
  })
  default = {}

  validation {
    condition     = can(regex("^$|^.+:[0-9]{1,5}$", var.gateway.advertise))
    error_message = "gateway.advertise must be host:port, such as west.example.org:15443."
  }

  validation {
    condition     = var.gateway.replicas >= 1 && var.gateway.replicas <= 64 && floor(var.gateway.replicas) == var.gateway.replicas
    error_message = "gateway.replicas must be 1 to 64."
  }

  validation {
    condition     = can(regex("^[0-9]{1,3}s$", var.gateway.announce_after))
    error_message = "gateway.announce_after must be whole seconds, such as 25s: how long the load balancer takes to notice."
  }

  validation {
    condition     = contains(["ClusterIP", "NodePort", "LoadBalancer"], var.gateway.service.type) && contains(["Cluster", "Local"], var.gateway.service.external_traffic_policy)
    error_message = "gateway.service.type must be ClusterIP, NodePort or LoadBalancer, and external_traffic_policy Cluster or Local."
  }

  validation {
    condition     = alltrue([for range in var.gateway.service.source_ranges : can(cidrhost(range, 0)) && !endswith(range, "/0")])
    error_message = "gateway.service.source_ranges must be ranges, and not everybody."
  }

  validation {
    condition     = var.gateway.service.type != "LoadBalancer" || var.gateway.advertise == "" || length(var.gateway.service.source_ranges) > 0
    error_message = "gateway.service.source_ranges must say who may reach the load balancer: the addresses from which the other clusters call. Without it everybody may."
  }

  validation {
    condition     = var.gateway.service.type == "NodePort" || var.gateway.service.node_ports.health == null
    error_message = "gateway.service.node_ports.health is for a Service of type NodePort, whose load balancer asks there whether a gateway takes connections; another one would show it to everybody."
  }
}

variable "controller" {
  description = "The controller: how many (2 = one stands by, which takes a Kafka outside of the chart), where each keeps its state, and further settings, keys of docs/settings-controller.md without controller."
  type = object({
    replicas      = optional(number, 1)
    storage_class = optional(string, "")
    storage_size  = optional(string, "1Gi")
    settings      = optional(map(string), {})
  })
  default = {}

  validation {
    condition     = contains([1, 2], var.controller.replicas)
    error_message = "controller.replicas must be 1 or 2: one leads, and one can be in step with it."
  }
}

variable "injection" {
  description = "Whether pods of namespaces with the label tombolo.io/inject=enabled get sidecars. There no pod starts while the controller is away."
  type        = bool
  default     = true
}

variable "network_policies" {
  description = "Whether NetworkPolicies say who may reach controller and gateways."
  type        = bool
  default     = true
}

variable "join_token" {
  description = "The token to join with, from the ephemeral resource tombolo_join_token with revoke_on_close = false. It is written into a Secret of the cluster and nowhere else. Null: this cluster joins nobody by itself."
  type        = string
  default     = null
  ephemeral   = true
  sensitive   = true

  validation {
    condition     = var.join_token_version == 0 || var.join_token != null
    error_message = "join_token must be given where join_token_version is not 0: else an empty Secret would be written."
  }
}

variable "join_token_version" {
  description = "Raise it to have another token written. 0: there is none, and no Secret."
  type        = number
  default     = 0

  validation {
    condition     = var.join_token_version >= 0 && floor(var.join_token_version) == var.join_token_version
    error_message = "join_token_version must be a whole number, 0 or more."
  }
}

variable "namespace_labels" {
  description = "Further labels of the namespace tombolo-system."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for label in keys(var.namespace_labels) : !startswith(label, "pod-security.kubernetes.io/")])
    error_message = "namespace_labels may not be those of Pod Security: this module says them."
  }
}

variable "values" {
  description = "Further values of the chart, as YAML; the later ones count."
  type        = list(string)
  default     = []
}
