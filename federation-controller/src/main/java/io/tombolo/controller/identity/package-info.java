/**
 * Who this cluster is: its name, its place, its membership, and the directory that holds its keys and state.
 * <p><b>In:</b> settings, and what was kept on disk. <b>Out:</b> {@link io.tombolo.controller.identity.Membership} and
 * files. <b>Start reading at</b> {@link io.tombolo.controller.identity.StateDirectory}. <b>May use:</b> {@code model},
 * {@code wire.file}, {@code trustbundle}, Jackson. <b>Threads:</b> any but event loops: files are fsynced.
 */
@NullMarked
package io.tombolo.controller.identity;

import org.jspecify.annotations.NullMarked;
