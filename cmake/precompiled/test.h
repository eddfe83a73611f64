// The core's, and what tests are written with.
#pragma once

#include "cmake/precompiled/core.h"

#include <catch2/catch.hpp>
#include <rapidcheck.h>
#include <rapidcheck/catch.h>
