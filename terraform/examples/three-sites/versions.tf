terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.90, < 7.0"
    }
    google = {
      source  = "hashicorp/google"
      version = ">= 6.23, < 8.0"
    }
    tombolo = {
      source = "tombolo/tombolo"
    }
  }
}

provider "aws" {
  region = "eu-central-1"
}

provider "google" {}

# Endpoint, CA and token come from the environment: `tombolo context env`.
provider "tombolo" {}
