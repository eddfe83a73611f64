// What tests of servers, executors and tools read.
#pragma once

#include "cmake/precompiled/network.h"
#include "cmake/precompiled/test.h"
