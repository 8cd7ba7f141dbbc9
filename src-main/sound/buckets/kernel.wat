;; Minimum, maximum, squares and clipped samples of buckets of interleaved 16-bit samples.
;;
;; A record of 16 bytes for each bucket and channel:
;;   0 i16 minimum · 2 i16 maximum · 4 u32 samples at either end of the scale · 8 u64 sum of squares
;;
;; kernel-bytes.ts holds this file assembled; a test compares them.
(module
  (memory (export "memory") 1)

  ;; Goes on with a record: `count` samples of one channel, `stride` bytes apart.
  (func $fold (param $at i32) (param $count i32) (param $stride i32) (param $record i32)
    (local $sample i32) (local $low i32) (local $high i32) (local $clipped i32) (local $squares i64)
    (local.set $low (i32.load16_s (local.get $record)))
    (local.set $high (i32.load16_s offset=2 (local.get $record)))
    (local.set $clipped (i32.load offset=4 (local.get $record)))
    (local.set $squares (i64.load offset=8 (local.get $record)))
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $sample (i32.load16_s (local.get $at)))
        (local.set $low (select (local.get $sample) (local.get $low)
          (i32.lt_s (local.get $sample) (local.get $low))))
        (local.set $high (select (local.get $sample) (local.get $high)
          (i32.gt_s (local.get $sample) (local.get $high))))
        (local.set $clipped (i32.add (local.get $clipped) (i32.or
          (i32.eq (local.get $sample) (i32.const 32767))
          (i32.eq (local.get $sample) (i32.const -32768)))))
        (local.set $squares (i64.add (local.get $squares)
          (i64.extend_i32_u (i32.mul (local.get $sample) (local.get $sample)))))
        (local.set $at (i32.add (local.get $at) (local.get $stride)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $next)))
    (i32.store16 (local.get $record) (local.get $low))
    (i32.store16 offset=2 (local.get $record) (local.get $high))
    (i32.store offset=4 (local.get $record) (local.get $clipped))
    (i64.store offset=8 (local.get $record) (local.get $squares)))

  ;; Adds the samples of one or two channels, 8 at a time, to fresh records. `pair` is 1 for two.
  (func $vectors (param $at i32) (param $count i32) (param $pair i32) (param $record i32)
    (local $v v128) (local $d v128) (local $low v128) (local $high v128) (local $clipped v128)
    (local $all v128) (local $left v128) (local $sum i64)
    (local.set $low (v128.const i16x8 32767 32767 32767 32767 32767 32767 32767 32767))
    (local.set $high (v128.const i16x8 -32768 -32768 -32768 -32768 -32768 -32768 -32768 -32768))
    (if (local.get $pair)
      (then
        (loop $next
          (local.set $v (v128.load (local.get $at)))
          (local.set $low (i16x8.min_s (local.get $low) (local.get $v)))
          (local.set $high (i16x8.max_s (local.get $high) (local.get $v)))
          (local.set $clipped (i16x8.sub (local.get $clipped) (v128.or
            (i16x8.eq (local.get $v) (v128.const i16x8 32767 32767 32767 32767 32767 32767 32767 32767))
            (i16x8.eq (local.get $v) (v128.const i16x8 -32768 -32768 -32768 -32768 -32768 -32768 -32768 -32768)))))
          ;; Products of a pair are added: of both channels, and with the right one set to 0.
          (local.set $d (i32x4.dot_i16x8_s (local.get $v) (local.get $v)))
          (local.set $all (i64x2.add (local.get $all) (i64x2.extend_low_i32x4_u (local.get $d))))
          (local.set $all (i64x2.add (local.get $all) (i64x2.extend_high_i32x4_u (local.get $d))))
          (local.set $d (i32x4.dot_i16x8_s (local.get $v)
            (v128.and (local.get $v) (v128.const i32x4 65535 65535 65535 65535))))
          (local.set $left (i64x2.add (local.get $left) (i64x2.extend_low_i32x4_u (local.get $d))))
          (local.set $left (i64x2.add (local.get $left) (i64x2.extend_high_i32x4_u (local.get $d))))
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1))))))
      (else
        (loop $next
          (local.set $v (v128.load (local.get $at)))
          (local.set $low (i16x8.min_s (local.get $low) (local.get $v)))
          (local.set $high (i16x8.max_s (local.get $high) (local.get $v)))
          (local.set $clipped (i16x8.sub (local.get $clipped) (v128.or
            (i16x8.eq (local.get $v) (v128.const i16x8 32767 32767 32767 32767 32767 32767 32767 32767))
            (i16x8.eq (local.get $v) (v128.const i16x8 -32768 -32768 -32768 -32768 -32768 -32768 -32768 -32768)))))
          (local.set $d (i32x4.dot_i16x8_s (local.get $v) (local.get $v)))
          (local.set $all (i64x2.add (local.get $all) (i64x2.extend_low_i32x4_u (local.get $d))))
          (local.set $all (i64x2.add (local.get $all) (i64x2.extend_high_i32x4_u (local.get $d))))
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))))

    ;; Upper half onto lower, then a quarter onto the first: lanes 0 and 1 are left.
    (local.set $low (i16x8.min_s (local.get $low)
      (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $low) (local.get $low))))
    (local.set $low (i16x8.min_s (local.get $low)
      (i8x16.shuffle 4 5 6 7 0 1 2 3 0 1 2 3 4 5 6 7 (local.get $low) (local.get $low))))
    (local.set $high (i16x8.max_s (local.get $high)
      (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $high) (local.get $high))))
    (local.set $high (i16x8.max_s (local.get $high)
      (i8x16.shuffle 4 5 6 7 0 1 2 3 0 1 2 3 4 5 6 7 (local.get $high) (local.get $high))))
    (local.set $clipped (i16x8.add (local.get $clipped)
      (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $clipped) (local.get $clipped))))
    (local.set $clipped (i16x8.add (local.get $clipped)
      (i8x16.shuffle 4 5 6 7 0 1 2 3 0 1 2 3 4 5 6 7 (local.get $clipped) (local.get $clipped))))
    (local.set $sum (i64.add
      (i64x2.extract_lane 0 (local.get $all)) (i64x2.extract_lane 1 (local.get $all))))
    (if (local.get $pair)
      (then
        (i32.store16 offset=16 (local.get $record) (i16x8.extract_lane_s 1 (local.get $low)))
        (i32.store16 offset=18 (local.get $record) (i16x8.extract_lane_s 1 (local.get $high)))
        (i32.store offset=20 (local.get $record) (i16x8.extract_lane_u 1 (local.get $clipped)))
        (i64.store offset=8 (local.get $record) (i64.add
          (i64x2.extract_lane 0 (local.get $left)) (i64x2.extract_lane 1 (local.get $left))))
        (i64.store offset=24 (local.get $record)
          (i64.sub (local.get $sum) (i64.load offset=8 (local.get $record)))))
      (else
        (local.set $low (i16x8.min_s (local.get $low)
          (i8x16.shuffle 2 3 0 1 0 1 2 3 0 1 2 3 4 5 6 7 (local.get $low) (local.get $low))))
        (local.set $high (i16x8.max_s (local.get $high)
          (i8x16.shuffle 2 3 0 1 0 1 2 3 0 1 2 3 4 5 6 7 (local.get $high) (local.get $high))))
        (local.set $clipped (i16x8.add (local.get $clipped)
          (i8x16.shuffle 2 3 0 1 0 1 2 3 0 1 2 3 4 5 6 7 (local.get $clipped) (local.get $clipped))))
        (i64.store offset=8 (local.get $record) (local.get $sum))))
    (i32.store16 (local.get $record) (i16x8.extract_lane_s 0 (local.get $low)))
    (i32.store16 offset=2 (local.get $record) (i16x8.extract_lane_s 0 (local.get $high)))
    (i32.store offset=4 (local.get $record) (i16x8.extract_lane_u 0 (local.get $clipped))))

  (func $bucket (param $at i32) (param $frames i32) (param $channels i32) (param $record i32)
    (local $channel i32) (local $done i32)
    (loop $next
      (i64.store (i32.add (local.get $record) (i32.shl (local.get $channel) (i32.const 4)))
        (i64.const 0x80007fff))
      (i64.store offset=8 (i32.add (local.get $record) (i32.shl (local.get $channel) (i32.const 4)))
        (i64.const 0))
      (local.set $channel (i32.add (local.get $channel) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $channel) (local.get $channels))))
    (if (i32.le_u (local.get $channels) (i32.const 2))
      (then
        (local.set $done (i32.shr_u (i32.mul (local.get $frames) (local.get $channels)) (i32.const 3)))
        (if (local.get $done)
          (then
            (call $vectors (local.get $at) (local.get $done)
              (i32.sub (local.get $channels) (i32.const 1)) (local.get $record))
            (local.set $at (i32.add (local.get $at) (i32.shl (local.get $done) (i32.const 4))))
            (local.set $frames (i32.sub (local.get $frames)
              (i32.div_u (i32.shl (local.get $done) (i32.const 3)) (local.get $channels))))))))
    (local.set $channel (i32.const 0))
    (loop $next
      (call $fold
        (i32.add (local.get $at) (i32.shl (local.get $channel) (i32.const 1)))
        (local.get $frames)
        (i32.shl (local.get $channels) (i32.const 1))
        (i32.add (local.get $record) (i32.shl (local.get $channel) (i32.const 4))))
      (local.set $channel (i32.add (local.get $channel) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $channel) (local.get $channels)))))

  ;; Writes the records of `frames` frames at `at`, `each` a bucket; the last may be a shorter one.
  (func (export "scan")
    (param $at i32) (param $frames i32) (param $channels i32) (param $each i32) (param $record i32)
    (local $now i32)
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $frames)))
        (local.set $now (select (local.get $each) (local.get $frames)
          (i32.lt_u (local.get $each) (local.get $frames))))
        (call $bucket (local.get $at) (local.get $now) (local.get $channels) (local.get $record))
        (local.set $at (i32.add (local.get $at)
          (i32.shl (i32.mul (local.get $now) (local.get $channels)) (i32.const 1))))
        (local.set $record (i32.add (local.get $record)
          (i32.shl (local.get $channels) (i32.const 4))))
        (local.set $frames (i32.sub (local.get $frames) (local.get $now)))
        (br $next))))

  ;; Rounds `count` 32-bit samples to 16 bits, 8 at a time: there has to be room for up to 7 more.
  (func (export "narrow") (param $from i32) (param $count i32) (param $to i32)
    (local $one v128)
    (local.set $one (i32x4.splat (i32.const 1)))
    (block $done
      (loop $next
        (br_if $done (i32.le_s (local.get $count) (i32.const 0)))
        ;; In two steps, so that adding a half cannot overflow.
        (v128.store (local.get $to) (i16x8.narrow_i32x4_s
          (i32x4.shr_s (i32x4.add (local.get $one)
            (i32x4.shr_s (v128.load (local.get $from)) (i32.const 15))) (i32.const 1))
          (i32x4.shr_s (i32x4.add (local.get $one)
            (i32x4.shr_s (v128.load offset=16 (local.get $from)) (i32.const 15))) (i32.const 1))))
        (local.set $from (i32.add (local.get $from) (i32.const 32)))
        (local.set $to (i32.add (local.get $to) (i32.const 16)))
        (local.set $count (i32.sub (local.get $count) (i32.const 8)))
        (br $next)))))
