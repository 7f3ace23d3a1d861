variable "east_cidr" {
  description = "Where the controller and the gateways of the first site come from."
  type        = string
  default     = "203.0.113.7/32"
}

variable "office_cidr" {
  description = "Where Terraform and kubectl run."
  type        = string
  default     = "198.51.100.0/24"
}

variable "google_project" {
  description = "Project on Google Cloud."
  type        = string
  default     = "example-project"
}

variable "image" {
  description = "The image as deploy/image.sh pushed it."
  type        = string
  default     = "registry.example.org/tombolo"
}
