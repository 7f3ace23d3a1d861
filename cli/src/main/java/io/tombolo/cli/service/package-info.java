/**
 * Commands about services: exports, resources, explanations.
 */
@NullMarked
package io.tombolo.cli.service;

import org.jspecify.annotations.NullMarked;
