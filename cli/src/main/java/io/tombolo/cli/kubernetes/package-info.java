/** Commands for those whose clusters are on Kubernetes. They read and write manifests, and ask no API server. */
@NullMarked
package io.tombolo.cli.kubernetes;

import org.jspecify.annotations.NullMarked;
