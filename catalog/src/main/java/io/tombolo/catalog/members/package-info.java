/**
 * Room 2 of the federation log: who is a member. Everything else is believed only after this room said whose key it was.
 * <p><b>In:</b> records of the {@code members} log. <b>Out:</b> {@link io.tombolo.catalog.members.MembersLog}, an immutable
 * value, and {@link io.tombolo.catalog.members.Verified}, the ticket into the other rooms. <b>Start reading at</b>
 * {@link io.tombolo.catalog.members.MembersLog}; records are written by {@link io.tombolo.catalog.members.MemberChange}.
 * <p><b>May use:</b> {@code catalog.record}. <b>May not use:</b> Kafka, the disk. <b>Threads:</b> any; not event loops,
 * because every record costs a signature check.
 */
@NullMarked
package io.tombolo.catalog.members;

import org.jspecify.annotations.NullMarked;
