#pragma once
static inline float ck_square_root(float x) { return __builtin_elementwise_sqrt(x); }
static inline double ck_cosine(double x) { return __builtin_cos(x); }
