variable "east_cidr" {
  description = "Where the gateways of the first site come from."
  type        = string
  default     = "203.0.113.7/32"
}

variable "cloud_cidrs" {
  description = "Where gateways in the clouds come from; known after the first apply, or ranges that you own there."
  type        = map(string)
  default     = {}
}

variable "google_project" {
  description = "Project on Google Cloud."
  type        = string
  default     = "example-project"
}
