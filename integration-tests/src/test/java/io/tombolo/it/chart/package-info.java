/** What is installed on Kubernetes: the chart, rendered by Helm itself, and the manifests made of it. */
@NullMarked
package io.tombolo.it.chart;

import org.jspecify.annotations.NullMarked;
