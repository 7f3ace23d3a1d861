package io.tombolo.benchmarks.terraform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * A provider that is measured.
 * @param executable    what Terraform starts
 * @param configuration with so many resources
 * @param environment   settings and where it is installed from
 * @param applies       whether there is something to apply to
 */
record Subject(
        String name,
        Path executable,
        IntFunction<String> configuration,
        Map<String, String> environment,
        boolean applies) {
    private static final String OURS = """
            terraform {
              required_providers {
                tombolo = { source = "tombolo/tombolo" }
              }
            }
            resource "tombolo_service_export" "bench" {
              count     = %d
              name      = "bench-${count.index}"
              namespace = "bench"
              ports     = [{ port = 80 }]
            }
            """;

    /** Planning a network asks nobody, if credentials are not to be checked. */
    private static final String AWS = """
            terraform {
              required_providers {
                aws = { source = "hashicorp/aws" }
              }
            }
            provider "aws" {
              region                      = "eu-central-1"
              access_key                  = "none"
              secret_key                  = "none"
              skip_credentials_validation = true
              skip_metadata_api_check     = true
              skip_region_validation      = true
              skip_requesting_account_id  = true
            }
            resource "aws_vpc" "bench" {
              count      = %d
              cidr_block = "10.0.0.0/16"
            }
            """;

    /** As the build packed it; its settings are those of a cluster of the demo. */
    static Subject ours(Path target, Map<String, String> settings) {
        return new Subject(
                "tombolo",
                find(target.resolve("package"), "terraform-provider-tombolo")
                        .orElseThrow(() -> new IllegalStateException("the provider is not packed: "
                                + "./mvnw -q -DskipTests -pl terraform/provider -am package")),
                OURS::formatted,
                settings,
                true);
    }

    /** From a mirror; empty if it has none. */
    static Optional<Subject> aws(Path mirror, Map<String, String> settings) {
        return find(mirror.resolve("registry.terraform.io/hashicorp/aws"), "terraform-provider-aws")
                .map(executable -> new Subject("hashicorp/aws", executable, AWS::formatted, settings, false));
    }

    private static Optional<Path> find(Path below, String prefix) {
        if (!Files.isDirectory(below)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.walk(below)) {
            return all.filter(file -> file.getFileName().toString().startsWith(prefix)
                            && Files.isRegularFile(file)
                            && Files.isExecutable(file)
                            && !file.toString().contains("/any/"))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
