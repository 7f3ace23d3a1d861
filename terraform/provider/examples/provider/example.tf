terraform {
  required_providers {
    tombolo = { source = "tombolo/tombolo" }
  }
}

# What is not said here comes from the environment: eval "$(tombolo context env)"
provider "tombolo" {
  request_timeout = "20s"
}

# A second cluster of the federation, whose API the tunnel of an operator reaches.
provider "tombolo" {
  alias      = "west"
  endpoint   = "https://127.0.0.1:25080"
  ca_pin     = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0"
  token_file = "west.token"
}
