output "user_data" {
  description = "The cloud-init document. It holds no secret."
  value       = "#cloud-config\n${yamlencode(local.cloud_config)}"

  precondition {
    condition     = !local.is_site || var.advertise != ""
    error_message = "advertise is needed for role \"site\": the host at which proxies and members reach the controller."
  }

  precondition {
    condition     = local.is_site || var.gateway != null
    error_message = "role \"gateway\" needs a gateway."
  }

  precondition {
    condition     = local.is_site || var.secrets.gateway != null
    error_message = "role \"gateway\" needs secrets.gateway: where it reads the token with which it registers."
  }
}

output "files" {
  description = "The same files by path, for machines that are not made with cloud-init: write them, then run `bootstrap`."
  value       = local.files
}

output "bootstrap" {
  description = "Path of the script that installs the release and starts the site."
  value       = local.bootstrap
}
