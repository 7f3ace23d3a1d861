/**
 * What users declared: resources, one verified file each. A change is acknowledged when it is fsynced.
 * <p><b>In:</b> YAML or JSON from the API and from a watched directory. <b>Out:</b> {@link
 * io.tombolo.controller.store.StoredResource}. <b>Start reading at</b> {@link io.tombolo.controller.store.ResourceStore}.
 * <p><b>May use:</b> {@code model}, {@code identity}, Jackson. <b>Threads:</b> any but event loops.
 */
@NullMarked
package io.tombolo.controller.store;

import org.jspecify.annotations.NullMarked;
