/**
 * The federation log as a whole: every record of every topic goes in here, and the state that follows comes out. One
 * immutable value, so that readers see either all of a record or nothing of it.
 * <p><b>In:</b> bytes of Kafka records. <b>Out:</b> {@link io.tombolo.catalog.log.FederationLog}. <b>Start reading at</b> it.
 * <p><b>May use:</b> the rooms {@code record, members, origin, pulse, health, freshness, audit}. <b>May not use:</b> Kafka,
 * the disk. <b>Threads:</b> one that applies (not an event loop: each record costs a signature check), any that read.
 */
@NullMarked
package io.tombolo.catalog.log;

import org.jspecify.annotations.NullMarked;
