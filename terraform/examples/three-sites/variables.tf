variable "east_cidr" {
  description = "Where the gateways of the first site come from."
  type        = string
  default     = "203.0.113.7/32"
}

variable "google_project" {
  description = "Project on Google Cloud."
  type        = string
  default     = "example-project"
}
